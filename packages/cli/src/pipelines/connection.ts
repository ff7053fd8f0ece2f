import path from 'node:path';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import type { CallOptions } from '@omnia-buildstream/gitlab/http/requester';
import { proxyFor, ProxyAddressError } from '@omnia-buildstream/gitlab/http/proxy';
import { readUrl } from '@omnia-buildstream/gitlab/http/readUrl';
import { readFingerprint, type Trust } from '@omnia-buildstream/gitlab/http/trust';
import type { Project } from '@omnia-buildstream/gitlab/model/identity';
import { readRemote, type RemoteProject } from '@omnia-buildstream/gitlab/project/remote';
import { withSshName } from '@omnia-buildstream/gitlab/project/sshName';
import { projectOn, serverAddress } from '@omnia-buildstream/gitlab/project/server';
import { ruleFor } from '@omnia-buildstream/http/hosts/hostPattern';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { remoteAddress } from '../git.ts';
import type { Io } from '../io.ts';
import { parsePins } from '../optionValues.ts';
import type { PipelineOptions } from './options.ts';

/** `ssh -G` connects to nothing; but a command in the user's own configuration may take a while. */
const sshLimitMs = 5_000;

/** Where the requests go. */
export interface Target {
  readonly server: URL;
  readonly project: string;
  readonly trust: Trust;
  readonly proxy: string | undefined;
  /** Who says which server to use: a person, or the folder through its git remote. */
  readonly namedBy: 'person' | 'folder';
}

export interface Connection {
  readonly client: GitLabClient;
  readonly project: Project;
}

type GivenTarget = Pick<PipelineOptions, 'server' | 'project' | 'ca' | 'pin' | 'proxy'>;

/** @throws UserError when something is missing or wrong */
export async function findTarget(options: GivenTarget, io: Io): Promise<Target> {
  const { env } = io;
  const given = options.server ?? env['BUILDSTREAM_GITLAB_URL'] ?? env['CI_SERVER_URL'];
  const chosen = options.project ?? env['BUILDSTREAM_GITLAB_PROJECT'] ?? env['CI_PROJECT_PATH'];
  const needsRemote = given === undefined || chosen === undefined;
  const address = needsRemote ? await remoteAddress(io) : undefined;
  const named = address === undefined ? undefined : readRemote(address);
  const remote = named && (await meantBy(named, io));
  const server = given === undefined ? remote?.server : serverOf(given);
  const project = chosen ?? (remote === undefined ? undefined : projectOf(remote, server));
  if (server === undefined || project === undefined) {
    const missing = server === undefined ? '--server and --project' : '--project';
    throw cannotRun('arguments', `The git remote "origin" names no GitLab project here: give ${missing}.`);
  }
  const { proxy } = options;
  checkProxy(server, proxy, env);
  const namedBy = given === undefined ? 'folder' : 'person';
  return { server, project, trust: await trustOf(server, options, io), proxy, namedBy };
}

/** With the host that a name in ~/.ssh/config stands for; as written if ssh does not answer in time. */
async function meantBy(remote: RemoteProject, { clock, ssh }: Io): Promise<RemoteProject> {
  const { signal } = new AbortController();
  try {
    return await withDeadline(clock, sshLimitMs, signal, (inner) => withSshName(remote, ssh, inner));
  } catch (error) {
    if (error instanceof DeadlineError) return remote;
    throw error;
  }
}

/**
 * A server that was given may be below a path, which is in the remote's address too. Undefined: a web address of
 * another server says nothing about this one; a name for SSH may stand for any.
 */
function projectOf(remote: RemoteProject, server: URL | undefined): string | undefined {
  const address = server === undefined ? undefined : serverAddress(server.href);
  const here = address === undefined ? undefined : projectOn(address, remote);
  return here ?? (remote.sshHost === undefined ? undefined : remote.path);
}

function serverOf(text: string): URL {
  const url = readUrl(text);
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    throw cannotRun('arguments', `"${text}" is not the address of a server such as https://gitlab.example.com.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw cannotRun('arguments', 'Leave user name and password out of --server: use BUILDSTREAM_GITLAB_TOKEN.');
  }
  return url;
}

function checkProxy(server: URL, proxy: string | undefined, env: Io['env']): void {
  try {
    proxyFor(server, { proxy, env });
  } catch (error) {
    if (error instanceof ProxyAddressError) throw cannotRun('arguments', error.message);
    throw error;
  }
}

/** The expected fingerprint of a server; undefined: none is expected. @throws UserError */
function pinFor({ hostname }: URL, { pin }: GivenTarget, { env }: Io): string | undefined {
  const beside = env['BUILDSTREAM_GITLAB_PIN'];
  const pins =
    pin === undefined && beside !== undefined ? parsePins([beside], 'BUILDSTREAM_GITLAB_PIN') : parsePins(pin);
  return readFingerprint(ruleFor(pins, hostname) ?? '');
}

async function trustOf(server: URL, options: GivenTarget, io: Io): Promise<Trust> {
  const pin = pinFor(server, options, io);
  const file = options.ca ?? io.env['BUILDSTREAM_GITLAB_CA_FILE'];
  if (file === undefined) return { pin };
  try {
    const ca = await io.fs.readFile(path.resolve(io.cwd, file), 'utf8');
    if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it has no certificate in PEM form');
    return { pin, ca };
  } catch (error) {
    throw cannotRun('file', `${file} cannot be used: ${causeOf(error)}. Check the path after --ca.`);
  }
}

/** Signs in and finds the project. @throws UserError, GitLabError */
export async function open(target: Target, io: Io, call: CallOptions): Promise<Connection> {
  const token = await tokenFor(target, io);
  const client = new GitLabClient({
    server: target.server,
    trust: target.trust,
    proxy: { proxy: target.proxy, env: io.env },
    token: () => Promise.resolve(token),
    clock: io.clock,
    random: io.random,
  });
  try {
    const id = /^\d+$/.test(target.project) ? Number(target.project) : target.project;
    return { client, project: await client.identity.project(id, call) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function tokenFor(target: Target, io: Io): Promise<string> {
  const given = io.env['BUILDSTREAM_GITLAB_TOKEN'];
  if (given !== undefined && given.trim() !== '') await refuseOtherServer(target, io);
  const token = given ?? (await io.askSecret(`Token for ${target.server.origin}: `));
  if (token === undefined || token.trim() === '') {
    throw cannotRun('arguments', 'There is no token: set BUILDSTREAM_GITLAB_TOKEN.');
  }
  return token.trim();
}

/**
 * The token in the environment belongs to the server that is named next to it. A folder's `origin` may point to where
 * somebody else would like it to go, so a person is asked; with nobody to ask it goes nowhere.
 */
async function refuseOtherServer({ server, namedBy }: Target, io: Io): Promise<void> {
  const beside = io.env['BUILDSTREAM_GITLAB_URL'];
  if (beside !== undefined) {
    if (serverOf(beside).origin === server.origin) return;
    const what = `BUILDSTREAM_GITLAB_TOKEN belongs to ${serverOf(beside).origin} (BUILDSTREAM_GITLAB_URL)`;
    throw cannotRun('arguments', `${what}, so it is not sent to ${server.origin}. Set both for the same server.`);
  }
  if (namedBy === 'person') return;
  const question = `Send BUILDSTREAM_GITLAB_TOKEN to ${server.origin}, as the git remote of this folder says? [y/N] `;
  const answer = await io.ask(question);
  if (answer !== undefined && /^y(?:es)?$/i.test(answer.trim())) return;
  throw cannotRun(
    'arguments',
    `BUILDSTREAM_GITLAB_TOKEN is not sent to ${server.origin}, which only the git remote of this folder names. ` +
      'Name the server that the token is for with BUILDSTREAM_GITLAB_URL or --server.',
  );
}
