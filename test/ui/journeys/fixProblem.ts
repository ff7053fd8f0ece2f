import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'the light bulb repairs one problem, a command those that need no decision',
  workspace: 'sample',
  async run({ page, openFile, runCommand, goTo, editor }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    // Lines move when the lenses come, and a menu that is open closes.
    await page.locator('.codelens-decoration', { hasText: '4 nodes in this group' }).first().waitFor();
    await goTo(10, 74);
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Use the next free address' });
    // It shows what it has; the key asks anew, and news of the file take that question back.
    await page.locator('.monaco-editor [class*="codicon-gutter-lightbulb"]').first().click();
    await fix.click();
    const third = editor.locator('.view-line', { hasText: 'slurm-node3' });
    await third.filter({ hasText: '172.16.107.43' }).waitFor();
    // One error less than before.
    await page.locator('#status\\.problems', { hasText: '4' }).waitFor();

    await runCommand('BuildStreaM: Fix All Problems in Mapping File');
    await editor.locator('.view-line', { hasText: 'b0:7b:25:d1:0a:44' }).waitFor();
    // What it repaired, and what is left to a person.
    await page.locator('.notification-toast', { hasText: /Problems repaired .*Problems left/ }).waitFor();
  },
};
