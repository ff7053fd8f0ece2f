import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'a mapping file opens in our language, and the log is one command away',
  workspace: 'sample',
  async run({ page, openFile, runCommand }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.statusbar').getByText('Omnia PXE mapping').waitFor();
    // A select element shows its choice without any text of its own.
    const channel = page.locator('.panel select:visible').first();
    await runCommand('BuildStreaM: Show Log');
    await channel.waitFor();
    assert.equal(await channel.inputValue(), 'Omnia BuildStreaM');
  },
};
