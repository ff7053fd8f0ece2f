/** Finds or installs the browser for the tests. */
import { existsSync } from 'node:fs';
import { installDebianPackages } from './debian.mjs';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Packages that install the browser on Debian and its derivatives. */
export const chromiumPackages = ['chromium', 'fonts-dejavu-core'];

/** @returns {string | undefined} */
export function findChromium() {
  const chosen = process.env['CHROMIUM'];
  return chosen ?? candidates.find((file) => existsSync(file));
}

/** Installs Chromium if that is possible without asking: as root on Debian and its derivatives. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  console.log('Installing Chromium (apt-get) …');
  await installDebianPackages(chromiumPackages);
  if (findChromium() === undefined) {
    throw new Error(
      'These tests need Chromium or Chrome. Install it (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM to its executable.',
    );
  }
}
