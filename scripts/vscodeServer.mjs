/**
 * Starts and stops the VS Code server of the code-server package, on the loopback interface only. The server picks a
 * free port itself and keeps it. It gives nothing to anyone who does not know the token in its address, such as another
 * user of the machine or a page in the browser.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runQuietly, spawnOwned, temporaryFolder } from './lifetime.mjs';
import { serverNode, vscodeServerDir } from './paths.mjs';

/** Quiet and repeatable: no chat side bar that takes the focus, no welcome page, no network lookups. */
const userSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // As on the desktop. In a browser, VS Code saves automatically a second after an edit, so a slow machine would
  // already have saved what a fast one has not; and a save during another save returns false.
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'workbench.enableExperiments': false,
  // Otherwise an open list would close if something takes the focus while a window starts.
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};
const serverMain = path.join(vscodeServerDir, 'out/server-main.js');
/** Only a hang reaches this limit. */
const startTimeoutMs = 300_000;

/**
 * @typedef {object} VscodeServer
 * @property {string} dir temporary folder of this run, deleted when the server stops
 * @property {number} port
 * @property {(folder: string, payload?: readonly (readonly [string, string])[]) => string} url
 * address that opens a folder, with the token: it is as secret as a password
 * @property {(source: string) => string} copyWorkspace copies a folder into this run's folder and returns the new path
 * @property {() => string} log what the server printed
 * @property {() => void} stop
 *
 * @param {object} options
 * @param {string} [options.vsix] extension to install first
 * @param {VscodeServer} [options.extensionsOf] copies the extensions of this server
 * @param {boolean} [options.testDriver] obey `extensionTestsPath` in the address, unlike a built workbench
 * @param {NodeJS.ProcessEnv} [options.env] more variables for the extension host
 * @param {Record<string, unknown>} [options.settings] more user settings
 * @param {boolean} [options.workspaceTrust] ask whether a folder is trusted, as VS Code does by default;
 * false trusts every folder
 * @returns {Promise<VscodeServer>}
 */
export async function startVscodeServer({
  vsix,
  extensionsOf,
  testDriver = false,
  env = {},
  settings = {},
  workspaceTrust = true,
}) {
  const { dir, remove } = temporaryFolder();
  for (const name of ['data/data/User', 'run', 'workspaces']) mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(
    path.join(dir, 'data/data/User/settings.json'),
    JSON.stringify({ 'security.workspace.trust.enabled': workspaceTrust, ...userSettings, ...settings }, null, 2),
  );

  const runDir = path.join(dir, 'run');
  const serverEnv = { ...process.env, HOME: dir, TMPDIR: runDir, XDG_RUNTIME_DIR: runDir, ...env };
  const folders = ['--server-data-dir', path.join(dir, 'data'), '--extensions-dir', path.join(dir, 'ext')];
  const common = [serverMain, '--accept-server-license-terms', ...folders];
  if (extensionsOf !== undefined)
    cpSync(path.join(extensionsOf.dir, 'ext'), path.join(dir, 'ext'), { recursive: true });
  if (vsix !== undefined) {
    await runQuietly(serverNode, [...common, '--install-extension', vsix], { env: serverEnv });
  }

  const token = randomBytes(24).toString('base64url');
  // In a file, because other users can read the command line of a process.
  const tokenFile = path.join(dir, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const network = ['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile];
  const switches = [
    '--telemetry-level',
    'off',
    ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const { child, end } = spawnOwned(
    serverNode,
    [...common, ...network, ...switches],
    { env: serverEnv, stdio: ['ignore', 'pipe', 'pipe'] },
    'SIGKILL',
  );
  let log = '';
  /** @type {number} */
  const port = await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The VS Code server did not start.\n${log.slice(-3000)}`)),
      startTimeoutMs,
    );
    const onData = (/** @type {Buffer} */ data) => {
      log += data.toString();
      const listening = /^Extension host agent listening on (\d+)\s/m.exec(log);
      if (listening === null) return;
      clearTimeout(timer);
      resolve(Number(listening[1]));
    };
    child.stdout?.on('data', onData);
    child.stderr?.on('data', onData);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}.\n${log.slice(-3000)}`)));
  });

  let workspaces = 0;
  return {
    dir,
    port,
    url(folder, payload = []) {
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `http://127.0.0.1:${port}/?${query}`;
    },
    copyWorkspace(source) {
      const target = path.join(dir, 'workspaces', String(++workspaces), path.basename(source));
      cpSync(source, target, { recursive: true });
      return target;
    },
    log: () => log,
    stop() {
      end();
      remove();
    },
  };
}
