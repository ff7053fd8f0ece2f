import path from 'node:path';
import { moleculeEnv, type MoleculeSettings } from '@omnia-buildstream/engine/validate/molecule/settings';
import type { Login } from '@omnia-buildstream/engine/validate/probes/login';
import { hostsNames, serverNames, systemNames, type NameSource } from '@omnia-buildstream/engine/validate/probes/names';
import type { ValidateRequest } from '@omnia-buildstream/runner/validate';
import { cannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { textOf } from '../../plan/textFile.ts';
import { readAuthorities } from '../authorities.ts';
import type { Mapping } from '../mapping.ts';
import type { ValidateOptions } from './options.ts';

const moleculeGraceMs = 10_000;

/** What the stage needs, from options, files and environment. @throws UserError */
export async function requestOf(options: ValidateOptions, mapping: Mapping, io: Io): Promise<ValidateRequest> {
  mapping.refuseErrors();
  const { checks, settings, skewLimitMs, evidence } = options;
  return {
    targets: mapping.rowsNamed(options.names),
    checks,
    settings,
    clock: io.clock,
    names: await namesFrom(options, io),
    tls: {
      ca: options.kubeCa === undefined ? undefined : await readAuthorities(options.kubeCa, io, '--kube-ca'),
      pins: options.kubePins,
    },
    login: loginFrom(options, io),
    evidence,
    skewLimitMs,
    molecule: moleculeFrom(options, io),
    stateFolder: path.resolve(io.cwd, options.state),
    within: io.cwd,
    jobId: options.job ?? io.newId(),
    runId: io.newId(),
  };
}

async function namesFrom({ resolver, hosts, settings }: ValidateOptions, io: Io): Promise<NameSource> {
  if (hosts !== undefined) return hostsNames(await textOf(hosts, io));
  if (resolver === undefined) return systemNames;
  try {
    return serverNames(resolver, settings.checkLimitMs);
  } catch {
    throw cannotRun('arguments', `--resolver takes ADDRESS or ADDRESS:PORT of a DNS server, not "${resolver}".`);
  }
}

function loginFrom({ sshKey, ssh, checks, settings }: ValidateOptions, io: Io): Login | undefined {
  if (sshKey === undefined) return undefined;
  const { knownHosts, ...rest } = ssh;
  return {
    settings: {
      ...rest,
      key: path.resolve(io.cwd, sshKey),
      knownHosts: knownHosts === undefined ? undefined : path.resolve(io.cwd, knownHosts),
      port: checks.ports.ssh,
      connectTimeoutMs: settings.checkLimitMs,
    },
    run: io.ssh,
  };
}

function moleculeFrom({ molecule }: ValidateOptions, io: Io): MoleculeSettings | undefined {
  const [program, ...args] = molecule.command;
  if (program === undefined) return undefined;
  return {
    command: [program, ...args],
    folder: path.resolve(io.cwd, molecule.folder),
    env: moleculeEnv(io.env, molecule.passOn),
    report: molecule.report,
    graceMs: moleculeGraceMs,
  };
}
