import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { recordedText } from '../../support/pages/recordedRun.ts';
import type { Journey } from '../journey.ts';

/** The page of the panel, inside the two frames that VS Code puts around it. */
function pageIn(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
}

function record(folder: string, hour: string): void {
  const history = path.join(folder, '.buildstream/history');
  mkdirSync(history, { recursive: true });
  const at = `2026-04-10T${hour}:00:00.000Z`;
  writeFileSync(path.join(history, `20260410T${hour}0000Z-restart-abc${hour}.ndjson`), recordedText({ at }));
}

export const journey: Journey = {
  name: 'an operator sees which runs there were, who retried, and which nodes were slowest, and sees a new run at once',
  workspace: 'sample',
  prepare(folder) {
    record(folder, '16');
  },
  async run({ page, folder, runCommand }) {
    // The palette offers our commands once the extension is active.
    await page.locator('.activitybar').getByText('2', { exact: true }).waitFor();
    await runCommand('BuildStreaM: Show Run Timeline');
    const timeline = pageIn(page);
    const row = timeline.getByRole('row', { name: /restart rhel_10_r2 1 .*1 succeeded, 1 failed ada@desk/ });
    await row.waitFor();
    await timeline.getByRole('row', { name: /cn-1 1 min 10 s booted contacts the BMC: 10 s/ }).waitFor();
    await timeline.getByText('Marked as booted by hand and left alone: cn-3.').waitFor();
    await timeline.getByText('Show as Table').click();
    await timeline.getByRole('columnheader', { name: 'waiting for the node to report' }).waitFor();

    record(folder, '17');
    await timeline
      .getByRole('row', { name: /restart rhel_10_r2 2 / })
      .getByRole('button')
      .click();
    await timeline.getByText('Retried by ada@desk.').waitFor();

    const loaded = page.waitForEvent('load');
    await runCommand('Developer: Reload Window');
    await loaded;
    await pageIn(page).getByText('Retried by ada@desk.').waitFor();
  },
};
