/** Finds, installs and starts the Chromium that tests and screenshots use. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { installDebianPackages } from './debian.mjs';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | undefined} */
function findChromium() {
  const chosen = process.env['CHROMIUM'];
  return chosen ?? candidates.find((file) => existsSync(file));
}

/** Installs Chromium where that is possible without asking: as root on Debian and its relatives. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  console.log('Installing Chromium (apt-get) …');
  await installDebianPackages(['chromium', 'fonts-dejavu-core']);
  if (findChromium() === undefined) {
    throw new Error(
      'These tests need Chromium or Chrome. Install it (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM to its executable.',
    );
  }
}

/**
 * A headless browser that keeps its files in the given folder and ends with this process.
 * @param {string} home
 */
export async function launchBrowser(home) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Chromium is missing; call ensureChromium() first.');
  const switches = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  return chromium.launch({
    executablePath,
    env: { ...process.env, HOME: home, TMPDIR: home },
    args: [...switches, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    // lifetime.mjs ends this process on a signal, and with it the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
