import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** Only a hang takes this long. */
const patienceMs = 90_000;
/** The menu takes a moment to open. The pause doubles with each attempt, since a busy machine is slower. */
const firstPauseMs = 1_000;

/**
 * Selects an entry of the light bulb's menu. Clicking the bulb shows the actions that it already has, whereas the
 * keyboard shortcut requests them again, and a change of the file cancels that request. The event is dispatched to the
 * bulb itself, because a click with the pointer scrolls the editor until the sticky header covers the bulb. It is
 * repeated, because the bulb is drawn anew whenever the problems of the file are published.
 */
export async function chooseFromBulb(page: Page, entry: string): Promise<void> {
  const bulb = page
    .locator('.monaco-editor .lightBulbWidget, .monaco-editor [class*="codicon-gutter-lightbulb"]')
    .filter({ visible: true })
    .first();
  const wanted = page.locator('.action-widget .monaco-list-row', { hasText: entry });
  const deadline = Date.now() + patienceMs;
  for (let pauseMs = firstPauseMs; Date.now() < deadline && !(await wanted.isVisible()); pauseMs *= 2) {
    const box = await bulb.boundingBox();
    const at = box && { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
    if (at !== null) await bulb.dispatchEvent('mousedown', { button: 0, buttons: 1, ...at });
    await setTimeout(pauseMs);
  }
  await wanted.click();
}
