import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';

const program = '/usr/sbin/sshd';

/** Why tests with OpenSSH cannot run, for a test's `skip`. */
export const withoutSshd = existsSync(program) ? false : "sshd is not installed (Debian's package openssh-server)";

/** The only user that sshd lets in, unless it runs as root. */
export const { username } = userInfo();

/** Makes a key pair. @returns the public key */
export async function makeKey(file: string, passphrase = ''): Promise<string> {
  const { status, stderr } = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
  if (status !== 0) throw new Error(String(stderr));
  return readFile(`${file}.pub`, 'utf8');
}

export interface SshdOptions {
  /** Where configuration and keys are written. */
  readonly folder: string;
  readonly port: number;
  readonly addresses: readonly string[];
  /** Public keys that may log in. */
  readonly authorized: readonly string[];
  /** A program that runs instead of the command that a client requests. */
  readonly command: string;
}

export interface Sshd {
  readonly hostKey: string;
  stop(): Promise<void>;
}

/** OpenSSH's server, which reads none of this machine's configuration files. */
export async function startSshd({ folder, port, addresses, authorized, command }: SshdOptions): Promise<Sshd> {
  const fileOf = (name: string): string => path.join(folder, name);
  const hostKey = await makeKey(fileOf('host_key'));
  await writeFile(fileOf('authorized_keys'), authorized.join(''));
  const lines = [
    `Port ${String(port)}`,
    ...addresses.map((address) => `ListenAddress ${address}`),
    `HostKey ${fileOf('host_key')}`,
    `AuthorizedKeysFile ${fileOf('authorized_keys')}`,
    `ForceCommand ${command}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    // Otherwise the user's shell would first run the startup files in its home, whatever they do.
    `SetEnv HOME=${folder}`,
    // So that a client that prompts for passwords is caught prompting.
    'PasswordAuthentication yes',
  ];
  await writeFile(fileOf('sshd_config'), lines.map((line) => `${line}\n`).join(''));
  // This folder is missing if sshd was not started since the boot.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const child = spawn(program, ['-D', '-e', '-f', fileOf('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  await listening(child, addresses.length);
  return {
    hostKey,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function listening(child: ChildProcess, count: number): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.split('Server listening on').length > count) resolve();
    });
    child.once('error', reject).once('exit', () => {
      reject(new Error(`sshd ends: ${said}`));
    });
  });
}
