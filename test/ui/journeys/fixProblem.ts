import type { Journey } from '../journey.ts';
import { chooseFromBulb } from '../lightBulb.ts';

export const journey: Journey = {
  name: 'the light bulb repairs one problem, a command those that need no decision',
  workspace: 'sample',
  async run({ page, openFile, runCommand, goTo, editor }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    // Lines move when the code lenses appear, which closes an open menu.
    await page.locator('.codelens-decoration', { hasText: '4 nodes in this group' }).first().waitFor();
    await goTo(10, 74);
    await chooseFromBulb(page, 'Use the next free address');
    const third = editor.locator('.view-line', { hasText: 'slurm-node3' });
    await third.filter({ hasText: '172.16.107.43' }).waitFor();
    // One error fewer than before.
    await page.locator('#status\\.problems', { hasText: '4' }).waitFor();

    await runCommand('BuildStreaM: Fix All Problems in Mapping File');
    await editor.locator('.view-line', { hasText: 'b0:7b:25:d1:0a:44' }).waitFor();
    // The problems that it repaired, and those left to a person.
    await page.locator('.notification-toast', { hasText: /Problems repaired .*Problems left/ }).waitFor();
  },
};
