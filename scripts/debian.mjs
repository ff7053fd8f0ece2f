/** Debian packages for tests, installed if that is possible without asking: as root. */
import { existsSync } from 'node:fs';
import { runQuietly } from './lifetime.mjs';

/**
 * Installs packages as root on Debian and its derivatives; does nothing elsewhere. Rejects if apt-get fails.
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether apt-get was run
 */
export async function installDebianPackages(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update', '-qq'], { env });
  await runQuietly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  return true;
}
