import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Journey } from '../journey.ts';
import { chooseFromBulb } from '../lightBulb.ts';

/** Only a hang takes this long. */
const patienceMs = 90_000;
const pollMs = 100;

/** The save finishes some time after the editor reports it; in the end the file must be exactly this. */
async function fileBecomes(file: string, text: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (readFileSync(file, 'utf8') !== text && Date.now() < deadline) await setTimeout(pollMs);
  assert.equal(readFileSync(file, 'utf8'), text);
}

export const journey: Journey = {
  name: 'an operator sees the failed nodes, marks one in the view and one by the light bulb, and is told what follows',
  workspace: 'sample',
  async run({ page, folder, openFile, runCommand, goTo, editor }) {
    const file = path.join(folder, 'miscellaneous/failed_nodes.json');
    const before = readFileSync(file, 'utf8');
    // Without an open file, the icon of the view shows the number of failed nodes.
    await page
      .locator('.activitybar .action-item', { has: page.locator('[aria-label^="BuildStreaM"]') })
      .getByText('2', { exact: true })
      .waitFor();
    await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    const nodes = page.locator('.pane-body .monaco-list-row');
    const first = nodes.filter({ hasText: 'slurm-node2' });
    await first.filter({ hasText: /iDRAC is not ready · .* ago/ }).waitFor();
    await page
      .getByRole('treeitem', { name: /^slurm-node2, failed, iDRAC is not ready.*, slurm_node_x86_64$/ })
      .first()
      .waitFor();

    // With the keyboard: VS Code closes a menu if it takes the end of the click for another click.
    await page
      .locator('.pane-body .monaco-list', { has: page.locator('.monaco-list-row', { hasText: 'slurm-node2' }) })
      .focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.locator('.pane-body .monaco-list-row.focused', { hasText: 'slurm-node2' }).waitFor();
    await page.keyboard.press('Shift+F10');
    const mark = page.getByRole('menuitem', { name: 'Mark Successful' });
    await mark.hover();
    await page.keyboard.press('Enter');
    await page.locator('.notification-toast').getByText('1 node marked as successful.').waitFor();
    await first.filter({ hasText: 'marked successful' }).waitFor();
    await runCommand('Notifications: Clear All Notifications');

    await openFile('miscellaneous/failed_nodes.json');
    // Lines move when the code lenses appear, which closes an open menu.
    await page.locator('.codelens-decoration', { hasText: 'Mark successful' }).first().waitFor();
    await goTo(17, 20);
    await chooseFromBulb(page, 'Mark slurm-node5 (172.17.107.45) as successful');
    await editor.locator('.view-line', { hasText: '"success"' }).nth(1).waitFor();
    // The summary is above the first line.
    await editor.locator('.view-line').first().hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByText('0 failed · 2 marked').waitFor();
    await page.keyboard.press('Control+S');
    await fileBecomes(file, before.replaceAll('"failed"', '"success"'));
    await page
      .locator('.activitybar .action-item', { has: page.locator('[aria-label^="BuildStreaM"]') })
      .getByText('2', { exact: true })
      .waitFor({ state: 'hidden' });
  },
};
