import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'the status bar tells the Omnia version of a file and why, and changes it for the workspace',
  workspace: 'sample',
  async run({ page, folder, openFile, answer, problems, runCommand }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand('Problems: Focus on Problems View');
    await problems.filter({ hasText: 'dup-admin-ip' }).first().waitFor();
    await page.locator('#status\\.languageStatus').first().hover();
    const status = page.locator('.hover-language-status', { hasText: 'Omnia 2.2' });
    await status.getByText('detected from the folder').waitFor();
    await status.getByText('Select Version').click();
    await answer('Omnia 2.3, early', 'Omnia 2.3, early');
    await problems.filter({ hasText: 'header-contract' }).first().waitFor();
    const settings = JSON.parse(readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8')) as unknown;
    assert.deepEqual(settings, { 'buildstream.omniaVersion': '2.3' });
  },
};
