/**
 * What this process owns and must not leave behind: child processes and temporary folders. Everything registered here
 * is removed when the process ends, for whatever reason. After SIGKILL the folders remain, until the next process that
 * needs one removes them.
 */
import { spawn } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

/** @type {Set<() => void>} */
const cleanUps = new Set();

process.on('exit', () => {
  for (const cleanUp of [...cleanUps].reverse()) {
    try {
      cleanUp();
    } catch (error) {
      console.error(String(error));
    }
  }
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => process.exit(128 + constants.signals[signal]));
}

// npm sends SIGTERM to the shell between it and us, and that shell exits without passing it on. What works then is to
// notice that the parent has exited, even if the parent was killed.
const parentPollMs = 300;
if (process.env['npm_lifecycle_event'] !== undefined) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(128 + constants.signals.SIGTERM);
  }, parentPollMs).unref();
}

/**
 * Registers synchronous work for the end of the process.
 * @param {() => void} cleanUp
 * @returns {() => void} a function that does the work now instead
 */
function atEnd(cleanUp) {
  cleanUps.add(cleanUp);
  return () => {
    if (cleanUps.delete(cleanUp)) cleanUp();
  };
}

/**
 * Creates a temporary folder. Its name is short because Unix socket paths are limited to about 100 characters.
 * @returns {{ dir: string, remove: () => void }}
 */
export function temporaryFolder() {
  removeLeftovers();
  const dir = mkdtempSync(path.join(tmpdir(), prefix));
  writeFileSync(path.join(dir, ownerFile), ownerOf(process.pid));
  const remove = atEnd(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return { dir, remove };
}

const prefix = 'obs-';
const ownerFile = '.owner';

/** Removes the folders of processes that were killed: they name an owner that no longer runs. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix))) {
    const dir = path.join(tmpdir(), name);
    const owner = readOr(path.join(dir, ownerFile), '');
    const [, pid] = /^(\d+) \d+ [\w-]+$/.exec(owner) ?? [];
    if (pid === undefined || !isOurs(dir) || ownerOf(Number(pid)) === owner) continue;
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * `PID START BOOT`: identifies one process forever, because process numbers are reused. START is field 22 of
 * /proc/PID/stat, after a name that may contain blanks. Empty if the system does not provide it (other than Linux).
 * @param {number} pid
 */
function ownerOf(pid) {
  const stat = readOr(`/proc/${pid}/stat`, '');
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return start === undefined ? '' : `${pid} ${start} ${readOr('/proc/sys/kernel/random/boot_id', '').trim()}`;
}

/** @param {string} dir */
function isOurs(dir) {
  const found = lstatSync(dir, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}

/**
 * @param {string} file
 * @param {string} otherwise
 */
function readOr(file, otherwise) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

/**
 * Starts a process in its own process group that ends with this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {NodeJS.Signals} [endSignal] SIGTERM for programs that clean up after themselves
 */
export function spawnOwned(command, args, options, endSignal = 'SIGTERM') {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const end = atEnd(() => {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(endSignal);
      else process.kill(-child.pid, endSignal);
    } catch {
      // The group is already gone.
    }
  });
  return { child, end };
}

/**
 * Runs a program to completion and shows its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code
 */
export function runForCode(command, args, options = {}) {
  const { child, end } = spawnOwned(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      end();
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    });
  });
}

/**
 * Like {@link runForCode}, but rejects unless the program succeeds.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function run(command, args, options) {
  const code = await runForCode(command, args, options);
  if (code !== 0) throw new Error(`${[path.basename(command), ...args].join(' ')} ended with exit code ${code}`);
}

/**
 * Like {@link run}, but shows the program's output only if it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function runQuietly(command, args, options = {}) {
  const { child, end } = spawnOwned(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  end();
  if (code !== 0)
    throw new Error(`${[path.basename(command), ...args].join(' ')} ended with exit code ${code}\n${output}`);
}
