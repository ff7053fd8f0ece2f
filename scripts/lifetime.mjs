/**
 * What this process owns and must not leave behind: child processes and temporary folders.
 * Everything registered here goes when the process ends, whatever the reason. After SIGKILL the folders are left; the
 * next process that needs one removes them.
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

// npm hands SIGTERM to the shell between it and us, and that shell ends without telling us. The end of the parent is
// the sign that works then, also when the parent was killed outright.
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
 * @returns {() => void} does the work now instead
 */
function atEnd(cleanUp) {
  cleanUps.add(cleanUp);
  return () => {
    if (cleanUps.delete(cleanUp)) cleanUp();
  };
}

/**
 * A new temporary folder. The name is short because Unix socket paths end at about 100 characters.
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

/** The folders of processes that were killed: they name an owner that does not live any more. */
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
 * `PID START BOOT`: names one process for ever, as process numbers are used again. START is field 22 of /proc/PID/stat,
 * after a name that may contain blanks. Empty where the system does not tell (other than Linux).
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
 * Starts a process in a group of its own that ends with this process.
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
      // The group is gone already.
    }
  });
  return { child, end };
}

/**
 * Runs a program to its end with its output on ours.
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
 * Like {@link runForCode}, but anything except success is an error.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export async function run(command, args, options) {
  const code = await runForCode(command, args, options);
  if (code !== 0) throw new Error(`${[path.basename(command), ...args].join(' ')} ended with exit code ${code}`);
}

/**
 * Like {@link run}, but shows what the program printed only when it failed.
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
