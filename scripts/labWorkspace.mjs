/** A running lab cluster and a clone of its GitLab project, for `npm start`, journeys and screenshots. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly, spawnOwned } from './lifetime.mjs';
import { root } from './paths.mjs';

/** Only a hang reaches this limit. */
const startTimeoutMs = 300_000;
const pollMs = 100;

/**
 * Settings for an editor on a lab: git fetches what the pipeline commits and synchronizes without asking, and requests
 * the commit message in an input box.
 */
export const labSettings = { 'git.autofetch': true, 'git.confirmSync': false, 'git.useEditorAsCommitInput': false };

/**
 * @typedef {object} LabWorkspace
 * @property {string} connectionFile lab.json
 * @property {import('@omnia-buildstream/core/lab/connection').LabConnection} connection
 * @property {string} workspace folder of the clone
 * @property {NodeJS.ProcessEnv} env for an editor that connects to the lab
 * @property {() => void} end
 *
 * Starts `buildstream lab cluster` and clones its project. Both are in `dir`, and the lab ends with this process.
 * @param {string} dir
 * @param {readonly string[]} [options] more options of the command
 * @returns {Promise<LabWorkspace>}
 */
export async function startLabWorkspace(dir, options = []) {
  const folder = path.join(dir, 'lab');
  const connectionFile = path.join(folder, 'lab.json');
  const command = [path.join(root, 'dist/cli.js'), 'lab', 'cluster', '--folder', folder, '--until-eof', ...options];
  // We hold the other end of its standard input, so the lab ends with us even if we are killed.
  const { child, end } = spawnOwned(process.execPath, command, { stdio: ['pipe', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (/** @type {Buffer} */ data) => (errors += data.toString()));
  const deadline = Date.now() + startTimeoutMs;
  while (!existsSync(connectionFile)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`The lab did not start.\n${errors}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  /** @type {import('@omnia-buildstream/core/lab/connection').LabConnection} */
  const connection = JSON.parse(readFileSync(connectionFile, 'utf8'));
  const workspace = path.join(dir, 'omnia');
  await clone(connection, dir, workspace);
  const env = { BUILDSTREAM_LAB: connectionFile, GIT_SSL_CAINFO: connection.gitlab.caFile };
  return { connectionFile, connection, workspace, env, end };
}

/**
 * @param {import('@omnia-buildstream/core/lab/connection').LabConnection} connection
 * @param {string} dir
 * @param {string} workspace
 */
async function clone({ gitlab }, dir, workspace) {
  const credentials = path.join(dir, 'git-credentials');
  const { host } = new URL(gitlab.url);
  writeFileSync(credentials, `https://${gitlab.username}:${gitlab.token}@${host}\n`, { mode: 0o600 });
  mkdirSync(workspace, { recursive: true });
  const git = (/** @type {string[]} */ ...args) =>
    runQuietly('git', ['-C', workspace, ...args], { env: gitEnv(dir, gitlab.caFile) });
  await git('init', '-q', '-b', 'main');
  await git('config', 'http.sslCAInfo', gitlab.caFile);
  await git('config', 'credential.helper', `store --file=${credentials}`);
  await git('config', 'user.name', 'Operator');
  await git('config', 'user.email', 'operator@lab.invalid');
  await git('remote', 'add', 'origin', `${gitlab.url}/${gitlab.project}.git`);
  await git('fetch', '-q', 'origin');
  await git('checkout', '-q', '-b', 'main', '--track', 'origin/main');
}

/**
 * Leaves out the user's git configuration, whose proxy or credential helper must not matter here. An inherited variable
 * for the authorities would take precedence over the clone's setting, so it is set here.
 * @param {string} home
 * @param {string} caFile
 */
function gitEnv(home, caFile) {
  const own = { HOME: home, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', GIT_SSL_CAINFO: caFile };
  return { ...process.env, ...own };
}
