import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'a newcomer opens the mapping file and sees every mistake in it, with its code and the other duplicate',
  workspace: 'sample',
  async run({ page, openFile, runCommand, problems }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand('Problems: Focus on Problems View');
    const codes = [
      'dup-admin-ip',
      'bad-mac',
      'parent-not-kube-node',
      'ip-in-dhcp-range',
      'unknown-functional-group',
      'bad-hostname',
    ];
    for (const code of codes) await problems.filter({ hasText: code }).first().waitFor();
    const related = problems.filter({ hasText: '172.16.107.42 is used here first.' });
    await related.waitFor();
    await related.dblclick();
    await page.locator('.statusbar').getByText('Ln 9,').waitFor();
    await problems.getByText('dup-admin-ip', { exact: true }).click();
    await page.getByRole('tab', { name: /dup-admin-ip/ }).waitFor();
    assert.equal(await page.locator('.notification-toast').count(), 0);
  },
};
