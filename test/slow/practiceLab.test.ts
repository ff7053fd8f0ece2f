/** From the package alone to a green pipeline: an empty profile, an empty folder, and no clone. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { installVscodeServerDependencies } from '../../scripts/bootstrap.mjs';
import { launchBrowser } from '../../scripts/browser.mjs';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { buildPackage } from '../../scripts/package.mjs';
import { resultsDir } from '../../scripts/paths.mjs';
import { startVscodeServer } from '../../scripts/vscodeServer.mjs';

const mostClicks = 12;
const mostQuestions = 4;
/** Only a hang takes this long. */
const stepTimeoutMs = 300_000;
/** Interval between attempts to find a command that is not yet in the palette. */
const openAgainMs = 500;

test('somebody with the package and an empty folder deploys to a practice lab, gets to green, and finds it again after a reload', async (t) => {
  await ensureChromium();
  await installVscodeServerDependencies();
  const server = await startVscodeServer({ vsix: await buildPackage(), workspaceTrust: false });
  t.after(() => {
    server.stop();
  });
  const folder = path.join(server.dir, 'workspaces/practice');
  mkdirSync(folder, { recursive: true });
  const browser = await launchBrowser(server.dir);
  t.after(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(stepTimeoutMs);

  let clicks = 0;
  let questions = 0;
  const click = async (what: Locator): Promise<void> => {
    clicks++;
    await what.click();
  };
  const answer = async (what: Locator): Promise<void> => {
    questions++;
    await click(what);
  };
  try {
    await page.goto(server.url(folder));
    await page.waitForFunction(() => performance.getEntriesByName('code/LifecyclePhase/Eventually').length > 0);
    const rows = page.locator('.quick-input-list .monaco-list-row');
    const start = rows.filter({ hasText: 'BuildStreaM: Start Practice Lab…' }).first();
    // The palette is built when it opens, and contains a command once the extensions are known.
    for (const deadline = Date.now() + stepTimeoutMs; Date.now() < deadline && !(await start.isVisible());) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input[type=text]').fill('>BuildStreaM: Start Practice Lab…');
      await rows.first().waitFor();
      await page.waitForTimeout(openAgainMs);
    }
    await click(start);
    await answer(rows.filter({ hasText: 'Healthy Cluster' }).first());
    const toast = page.locator('.notification-toast', { hasText: 'The practice lab is running' });
    await click(toast.getByRole('button', { name: 'Deploy Through GitLab…' }).first());
    await page.getByText('Deploy Through GitLab: Select an Image').first().waitFor();
    await answer(rows.first());
    await answer(page.locator('.monaco-dialog-box').getByRole('button', { name: /^PXE-Boot \d+ Nodes$/ }));
    await page
      .locator('.statusbar')
      .getByText(/#\d+ passed/i)
      .waitFor();
    // The lab survives a reload of the window: its GitLab still has the pipeline, and its nodes are still booted.
    await page.reload();
    await page.waitForFunction(() => performance.getEntriesByName('code/LifecyclePhase/Eventually').length > 0);
    const pipeline = page.locator('.pane-body .monaco-list-row', { hasText: /#\d+ deploy/ }).first();
    if (!(await pipeline.isVisible())) await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    await pipeline.waitFor();
  } catch (error) {
    mkdirSync(resultsDir, { recursive: true });
    await page.screenshot({ path: path.join(resultsDir, 'practice-lab.png') });
    throw error;
  }
  assert.ok(clicks <= mostClicks, `${String(clicks)} clicks`);
  assert.ok(questions <= mostQuestions, `${String(questions)} questions`);
});
