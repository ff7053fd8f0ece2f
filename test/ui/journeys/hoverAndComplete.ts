import type { Journey } from '../journey.ts';

export const journey: Journey = {
  name: 'a hover explains a cell, and completion writes the next node of a series',
  workspace: 'sample',
  async run({ page, openFile, runCommand, goTo, editor }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    await goTo(8, 34);
    await runCommand('Show or Focus Hover');
    const hover = page
      .locator('.monaco-hover')
      .filter({ hasText: 'Service tag of the Kubernetes worker', visible: true });
    await hover.getByText('kube-node1').first().waitFor();
    await page.keyboard.press('Escape');

    await goTo(13, 1);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Space');
    const suggestions = page.locator('.suggest-widget .monaco-list-row');
    await suggestions.filter({ hasText: 'slurm_node_x86_64' }).first().waitFor();
    await page.keyboard.type('slurm_node_x86_64,grp3,3SLN0D7,5KWN0B1,');
    await suggestions.filter({ hasText: 'slurm-node7' }).first().waitFor();
    await page.keyboard.press('Tab');
    await editor.locator('.view-line', { hasText: '5KWN0B1,slurm-node7' }).waitFor();
  },
};
