/**
 * Prepares a fresh clone so that every other script works. Uses only Node's own modules and runs on Node 20, because
 * nothing is installed yet.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { run } from './lifetime.mjs';
import { processorSeconds } from './processorTime.mjs';
import { bundledNode, hasTypeStripping, root, vscodeServerDir } from './paths.mjs';

/**
 * Installs what is missing and continues under a Node that runs TypeScript. If this process has an older Node, the same
 * command line is started again under the bundled Node and this call does not return.
 */
export async function bootstrap() {
  if (!isInstalled()) {
    console.log('Installing dependencies (npm ci) …');
    await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  }
  if (!hasTypeStripping(process.versions.node)) await restartUnderBundledNode();
}

/** Compares the lock file with the one that npm leaves in node_modules. */
function isInstalled() {
  const installedLock = path.join(root, 'node_modules/.package-lock.json');
  return (
    existsSync(installedLock) && holds(readPackages(installedLock), readPackages(path.join(root, 'package-lock.json')))
  );
}

/**
 * Whether the installed packages match the wanted ones, by the `packages` of two lock files. Packages for other systems
 * are optional and may be absent. An alias (`"typescript-7": "npm:typescript@…"`) has its own location and is compared
 * like any other package.
 * @param {Record<string, LockEntry>} installed
 * @param {Record<string, LockEntry>} wanted
 */
export function holds(installed, wanted) {
  return Object.entries(wanted).every(([location, entry]) => {
    if (!location.includes('node_modules/')) return true;
    const found = installed[location];
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.name === entry.name && found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * @typedef {{ name?: string, version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/**
 * Installs the dependencies of the VS Code inside the code-server package, which code-server's install script would
 * compile. Only the JavaScript and prebuilt ones are needed. `npm ci` refuses that folder's lock file, `npm install`
 * obeys it.
 */
export async function installVscodeServerDependencies() {
  const stamp = path.join(vscodeServerDir, 'node_modules/.complete');
  if (existsSync(stamp)) return;
  console.log('Installing the dependencies of the bundled VS Code …');
  rmSync(path.join(vscodeServerDir, 'node_modules'), { recursive: true, force: true });
  await npm(
    ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    vscodeServerDir,
  );
  writeFileSync(stamp, '');
}

/**
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  // An outer `npm test` passes its project on in npm_* variables; the inner npm must find its own.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)/.test(name)));
  const windows = process.platform === 'win32';
  return run(windows ? 'npm.cmd' : 'npm', args, { cwd, env, shell: windows });
}

/** @returns {Promise<never>} */
async function restartUnderBundledNode() {
  if (!existsSync(bundledNode)) {
    console.error(
      `Node 22.18 or newer is needed (this is ${process.version}). On Linux x64 it is installed by npm ci.`,
    );
    process.exit(1);
  }
  const env = {
    ...process.env,
    PATH: path.dirname(bundledNode) + path.delimiter + (process.env['PATH'] ?? ''),
    PROCESSOR_SECONDS_BEFORE: String(processorSeconds() ?? 0),
  };
  const child = spawn(bundledNode, process.argv.slice(1), { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  return new Promise(() => {
    child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
