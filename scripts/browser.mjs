/** Starts the Chromium for tests and screenshots. */
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

/** Only a hang reaches this limit. */
const timeoutMs = 300_000;

/**
 * Starts a headless browser that keeps its files in the given folder and ends with this process.
 * @param {string} home
 */
export async function launchBrowser(home) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Chromium is missing; call ensureChromium() first.');
  const switches = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  return chromium.launch({
    executablePath,
    timeout: timeoutMs,
    env: { ...process.env, HOME: home, TMPDIR: home },
    args: [...switches, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    // On a signal, lifetime.mjs ends this process and thereby the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
