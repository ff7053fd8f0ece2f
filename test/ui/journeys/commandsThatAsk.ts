import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'commands ask for what they need: a row of Omnia, a severity, the place of a new file',
  workspace: 'sample',
  async run({ page, folder, openFile, runCommand, answer, problems }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand('BuildStreaM: Go to CSV Row…');
    await answer('10');
    await page.locator('.statusbar').getByText('Ln 10,').waitFor();

    await runCommand('Problems: Focus on Problems View');
    await problems.filter({ hasText: 'bad-mac' }).first().waitFor();
    await runCommand('BuildStreaM: Set Severity of Rule…');
    await answer('bad-mac', 'bad-mac');
    await answer('Off', 'Off');
    await problems.filter({ hasText: 'bad-mac' }).waitFor({ state: 'detached' });
    const settings = JSON.parse(readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8')) as unknown;
    assert.deepEqual(settings, { 'buildstream.rules': { 'bad-mac': 'off' } });

    await page.locator('#status\\.languageStatus').first().hover();
    await page.locator('.hover-language-status').getByText('Show', { exact: true }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'aarch64-needs-nfs-share' }).waitFor();
    await page.keyboard.press('Escape');

    await runCommand('BuildStreaM: New Mapping File…');
    await answer('2.3, early', 'Omnia 2.3, early');
    // Text typed before the next question appears goes into the previous one.
    await page.getByText('New Mapping File (2 of 4)').waitFor();
    await page.locator('.quick-input-widget input').fill('input/pxe_mapping_file.csv');
    await page.locator('.quick-input-message', { hasText: 'already exists' }).waitFor();
    await answer('made/pxe_mapping_file.csv');
    await page.getByText('New Mapping File (3 of 4)').waitFor();
    await answer('Without', 'Without network_spec.yml');
    await page.getByText('New Mapping File (4 of 4)').waitFor();
    await answer('Examples', 'Examples');
    await page.locator('.tab.active', { hasText: 'made' }).waitFor();
    const text = readFileSync(path.join(folder, 'made/pxe_mapping_file.csv'), 'utf8');
    assert.match(text, /^FUNCTIONAL_GROUP_NAME,.*,IB_IP\n/);
  },
};
