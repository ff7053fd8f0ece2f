import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

const rows = ['31', '32', '33'].map((number) =>
  [
    'slurm_node_x86_64',
    'grp9',
    `PASTE${number}`,
    '',
    `pasted-${number}`,
    `02:aa:00:00:01:${number}`,
    `172.16.107.1${number}`,
    `02:aa:00:00:02:${number}`,
    `172.17.107.1${number}`,
  ].join('\t'),
);

export const journey: Journey = {
  name: 'cells of a spreadsheet are pasted as rows; the paste widget offers the plain text, and one undo takes them back',
  workspace: 'sample',
  async run({ page, openFile, goTo, editor }) {
    await openFile('input/pxe_mapping_file.csv');
    await page.locator('.squiggly-error').first().waitFor();
    await goTo(3, 1);
    // Does what the browser does for Ctrl+V, which would need permission to use the clipboard.
    const pasted = await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      return document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, rows.join('\n'));
    assert.notEqual(pasted, undefined);
    await editor.locator('.view-line', { hasText: 'grp9,PASTE31,,pasted-31,02:aa:00:00:01:31' }).waitFor();
    await page.locator('.post-edit-widget').waitFor();
    await page.keyboard.press('Control+z');
    await editor.locator('.view-line', { hasText: 'pasted-31' }).waitFor({ state: 'detached' });
  },
};
