#!/usr/bin/env node
/**
 * Acts as the `code` executable for @vscode/test-electron: understands the few switches that runTests() uses, opens the
 * workspace in the bundled VS Code server and a headless browser, and exits with the exit code of the test run.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { resultsDir } from './paths.mjs';
import { startVscodeServer } from './vscodeServer.mjs';

/** Only a hang reaches this limit. */
const timeoutMs = 1_800_000;
const timedOut = 124;
const frameMs = 100;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});

const server = await startVscodeServer({ testDriver: true, workspaceTrust: false });
const browser = await launchBrowser(server.dir);
// No one looks at this window. It is small and rarely drawn, because drawing is most of a browser's work.
const page = await browser.newPage({ viewport: { width: 800, height: 600 }, reducedMotion: 'reduce' });
page.setDefaultTimeout(timeoutMs);
await page.addInitScript(drawSeldom, frameMs);
await page.addInitScript(showNothing);
const finished = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));

/** @param {unknown} file */
const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${path.resolve(String(file))}`;
await page.goto(
  server.url(server.copyWorkspace(path.resolve(String(positionals[0]))), [
    ['extensionDevelopmentPath', remote(values['extensionDevelopmentPath'])],
    ['extensionTestsPath', remote(values['extensionTestsPath'])],
  ]),
);

const code = await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, timeoutMs, timedOut))]);
if (code === timedOut) {
  await page.screenshot({ path: path.join(resultsDir, 'e2e-timeout.png') });
  console.error(`VS Code did not finish the tests in ${timeoutMs / 1000} s.\n${server.log().slice(-3000)}`);
}
await browser.close();
server.stop();
process.exit(Number(code));

/**
 * Runs in the page.
 * @param {number} pauseMs between two frames
 */
function drawSeldom(pauseMs) {
  globalThis.requestAnimationFrame = (draw) => Number(setTimeout(() => draw(performance.now()), pauseMs));
  globalThis.cancelAnimationFrame = clearTimeout;
}

/** Runs in the page. Results arrive through a file, so nothing has to move or be logged. */
function showNothing() {
  Object.assign(globalThis, { codeAutomationLog: () => undefined });
  addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; }';
    document.head.append(style);
  });
}
