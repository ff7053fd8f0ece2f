import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/** Longer than any wait in a test, so that the wait can report what it waited for. */
const hangMs = 300_000;

/** This file ends the extension. */
const lastFile = 'deactivation.test.js';

/**
 * VS Code loads this file in the extension host and awaits `run`. Output and totals go to the files that
 * scripts/editorTests.mjs names, because the host's own output does not reach the terminal. E2E_ONLY restricts the run
 * to files whose names contain it.
 */
export async function run(): Promise<void> {
  const outputFile = process.env['E2E_OUTPUT'];
  const tallyFile = process.env['E2E_TALLY'];
  if (outputFile !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
      appendFileSync(outputFile, `${format(...args)}\n`);
    };
  }
  const mocha = new Mocha({ ui: 'tdd', timeout: hangMs, color: false });
  // This file is bundled to CommonJS, where __dirname is dist/test.
  const suiteDir = path.join(__dirname, 'suite');
  const only = process.env['E2E_ONLY'] ?? '';
  const files = readdirSync(suiteDir).filter(
    (file) => file.endsWith('.test.js') && file !== lastFile && file.includes(only),
  );
  for (const file of [...files, lastFile]) mocha.addFile(path.join(suiteDir, file));
  const failures: string[] = [];
  const tests: { name: string; ms: number }[] = [];
  const { stats, failures: failed } = await new Promise<Mocha.Runner>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner);
    });
    runner.on('test end', (test) => {
      tests.push({ name: test.fullTitle(), ms: test.duration ?? 0 });
    });
    runner.on('fail', (test, error: Error) => {
      failures.push(`${test.fullTitle()}: ${error.message.split('\n', 1)[0] ?? ''}`);
    });
  });
  if (tallyFile !== undefined) {
    writeFileSync(
      tallyFile,
      JSON.stringify({ passed: stats?.passes ?? 0, failed, skipped: stats?.pending ?? 0, failures, tests }),
    );
  }
  if (failed > 0) throw new Error(`${String(failed)} tests failed`);
}
