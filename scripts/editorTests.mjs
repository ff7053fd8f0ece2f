/**
 * Runs the mocha suite inside VS Code through @vscode/test-electron. By default VS Code is the bundled server, as in
 * CI. VSCODE_DESKTOP=1 downloads the desktop application instead; VSCODE_EXE=<file> uses an installed one.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { temporaryFolder } from './lifetime.mjs';
import { readTally } from './tally.mjs';
import { root } from './paths.mjs';

/** The desktop version that matches the bundled server. */
const desktopVersion = '1.139.1';

/** @returns {Promise<import('./tally.mjs').Tally>} */
export async function runEditorTests() {
  const { dir, remove } = temporaryFolder();
  const output = path.join(dir, 'output.txt');
  const tallyFile = path.join(dir, 'tally.json');
  const shim = process.env['VSCODE_DESKTOP'] === undefined ? path.join(root, 'scripts/codeShim.mjs') : undefined;
  const executable = process.env['VSCODE_EXE'] ?? shim;
  let code = 0;
  try {
    await runTests({
      version: desktopVersion,
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'dist/test/index.js'),
      launchArgs: [path.join(root, 'test/fixtures/workspace')],
      extensionTestsEnv: { E2E_OUTPUT: output, E2E_TALLY: tallyFile, E2E_ONLY: process.env['E2E_ONLY'] ?? '' },
    });
  } catch (error) {
    console.error(String(error));
    code = 1;
  }
  if (existsSync(output)) console.log(readFileSync(output, 'utf8'));
  const tally = readTally(tallyFile, code);
  remove();
  return tally;
}
