import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'a mapping file opens in our language, and the log is one command away',
  workspace: 'sample',
  async run({ page, openFile, runCommand }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.statusbar').getByText('Omnia PXE mapping').waitFor();
    await runCommand('BuildStreaM: Show Log');
    // A select element shows its choice without any text of its own.
    await page.locator('.panel select:visible').first().waitFor();
    assert.equal(await page.locator('.panel select:visible').first().inputValue(), 'Omnia BuildStreaM');
  },
};
