import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { waitUntil } from '../../support/waitUntil.ts';
import type { Journey } from '../journey.ts';

/** Longer than the pause that ends a word. */
const retypeMs = 10_000;

/** The page of the panel, inside the two frames that VS Code puts around it. */
function mapIn(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
}

/** A word ends with a pause in the typing, which on a busy machine may be within it: then it is typed again. */
async function typeUntil(page: Page, word: string, found: Locator): Promise<void> {
  await waitUntil(`what "${word}" finds`, async () => {
    await page.keyboard.type(word);
    return found.waitFor({ timeout: retypeMs }).then(
      () => true,
      () => undefined,
    );
  });
}

export const journey: Journey = {
  name: 'an operator sees the fleet on the map, filters it, finds a failed node by the keyboard and marks it there',
  workspace: 'sample',
  async run({ page, folder, runCommand }) {
    await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    const rows = page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'slurm-node2' }).waitFor();
    await runCommand('BuildStreaM: Show Fleet Map');
    const map = mapIn(page);
    const canvas = map.getByRole('application', { name: 'Fleet Map. 14 of 14 nodes' });
    await canvas.waitFor();
    const spoken = map.locator('[aria-live]');

    // With the keyboard: typing a name finds the node, and Enter shows it in the Nodes view, which has the same content
    // as text.
    await canvas.focus();
    const node5 = /slurm-node5, failed, iDRAC lost while setting the boot source, .* ago, slurm_node_x86_64/;
    await typeUntil(page, 'slurm-node5', spoken.getByText(node5));
    await page.keyboard.press('Enter');
    await page.locator('.pane-body .monaco-list-row.selected', { hasText: 'slurm-node5' }).waitFor();
    await spoken.getByText(/, selected$/).waitFor();

    // The counts act as filters; the arrow keys then skip all other nodes.
    const failed = map.getByRole('button', { name: 'Failed (2): show these nodes' });
    await failed.click();
    await map.getByRole('button', { name: 'Failed (2): shown', pressed: true }).waitFor();
    await map.getByText('2 of 14 nodes').waitFor();
    const filtered = map.getByRole('application');
    await filtered.focus();
    await page.keyboard.press('Home');
    await spoken.getByText('slurm-node2, failed').waitFor();
    await page.keyboard.press('Shift+ArrowRight');
    await map.getByText('2 of 14 nodes · 2 selected').waitFor();

    // The menu is the same as in the Nodes view and applies to all selected nodes.
    await page.keyboard.press('Shift+F10');
    const mark = page.getByRole('menuitem', { name: 'Mark Successful' });
    await mark.hover();
    await page.keyboard.press('Enter');
    await page.locator('.notification-toast').getByText('2 nodes marked as successful.').waitFor();
    await runCommand('BuildStreaM: Show Fleet Map');
    await map.getByRole('button', { name: 'Failed (0): shown', pressed: true }).click();
    await map.getByRole('button', { name: 'Marked Successful (2): show these nodes' }).click();
    await map.getByText('2 of 14 nodes').waitFor();

    // A reload asks what to do with changes that have not reached the disk.
    await runCommand('File: Save All Files');
    await waitUntil('the marks on disk', () => {
      const text = readFileSync(path.join(folder, 'miscellaneous/failed_nodes.json'), 'utf8');
      return text.match(/"success"/g)?.length === 2 ? true : undefined;
    });
    // A reload of the window preserves panel and filter.
    await runCommand('Notifications: Clear All Notifications');
    const loaded = page.waitForEvent('load');
    await runCommand('Developer: Reload Window');
    await loaded;
    await mapIn(page).getByRole('button', { name: 'Marked Successful (2): shown', pressed: true }).waitFor();
    await mapIn(page).getByRole('application', { name: 'Fleet Map. 2 of 14 nodes' }).waitFor();
  },
};
