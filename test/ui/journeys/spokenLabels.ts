import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { recordedText } from '../../support/pages/recordedRun.ts';
import type { Journey } from '../journey.ts';

/** What a screen reader gets for an element: from the browser's accessibility tree, not from the page's source. */
interface Spoken {
  readonly role: string;
  readonly name: string;
}

interface AxNode {
  readonly ignored: boolean;
  readonly role?: { readonly value?: string };
  readonly name?: { readonly value?: string };
}

async function treeOf(session: CDPSession, frameId?: string): Promise<Spoken[]> {
  const parameters = frameId === undefined ? {} : { frameId };
  const { nodes } = (await session.send('Accessibility.getFullAXTree', parameters)) as { nodes: readonly AxNode[] };
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => ({ role: role?.value ?? '', name: name?.value ?? '' }));
}

/** The elements of the window and of all frames in it. */
async function spokenIn(page: Page, session: CDPSession): Promise<Spoken[]> {
  interface FrameTree {
    readonly frame: { readonly id: string };
    readonly childFrames?: readonly FrameTree[];
  }
  const { frameTree } = (await session.send('Page.getFrameTree')) as { frameTree: FrameTree };
  const idsOf = ({ frame, childFrames = [] }: FrameTree): string[] => [frame.id, ...childFrames.flatMap(idsOf)];
  const own = await Promise.all(idsOf(frameTree).map((id) => treeOf(session, id)));
  // Frames in another process have their own session.
  const others = await Promise.all(
    page.frames().map(async (frame) => {
      const inFrame = await page
        .context()
        .newCDPSession(frame)
        .catch(() => undefined);
      return inFrame === undefined ? [] : treeOf(inFrame);
    }),
  );
  return [...own, ...others].flat();
}

/** Records two attempts of a restart for the timeline. */
function recordRuns(folder: string): void {
  const history = path.join(folder, '.buildstream/history');
  mkdirSync(history, { recursive: true });
  for (const hour of ['16', '17']) {
    const text = recordedText({ at: `2026-04-10T${hour}:00:00.000Z` });
    writeFileSync(path.join(history, `20260410T${hour}0000Z-restart-abc${hour}.ndjson`), text);
  }
}

export const journey: Journey = {
  name: 'a screen reader is told everything that the side bar, the fleet map and the run timeline show',
  workspace: 'sample',
  async run({ page, folder, runCommand }) {
    recordRuns(folder);
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    const rows = page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'slurm-node2' }).waitFor();
    await rows.filter({ hasText: 'Next:' }).waitFor();
    await page.locator('.activitybar [aria-label*="2 failed nodes"]').first().waitFor();

    const named = (spoken: readonly Spoken[], role: string): string[] =>
      spoken.filter((one) => one.role === role).map(({ name }) => name);
    const sideBar = await spokenIn(page, session);
    const items = named(sideBar, 'treeitem');
    const isSpoken = (pattern: RegExp, all = items): void => {
      assert.ok(
        all.some((name) => pattern.test(name)),
        `${String(pattern)} in ${all.join(' | ')}`,
      );
    };
    // Status: the current state and the next step; a node with state, cause, age and role; a branch with its count.
    isSpoken(/^2 failed.*, of 14 nodes/);
    isSpoken(/^Next: /);
    isSpoken(/^Failed: iDRAC is not ready, 1 node/);
    isSpoken(/^slurm-node2, failed, iDRAC is not ready, .* ago, slurm_node_x86_64/);
    isSpoken(/2 failed nodes/, named(sideBar, 'tab'));
    const everythingIsNamed = (spoken: readonly Spoken[]): void => {
      for (const role of ['button', 'ToggleButton', 'treeitem', 'tab', 'link', 'DisclosureTriangle']) {
        assert.deepEqual(
          named(spoken, role).filter((name) => name.trim() === ''),
          [],
          role,
        );
      }
    };
    everythingIsNamed(sideBar);

    await page.getByRole('button', { name: 'Connections Section' }).click({ position: { x: 60, y: 8 } });
    await rows.filter({ hasText: 'signed out' }).first().waitFor();
    isSpoken(/^GitLab, signed out/, named(await spokenIn(page, session), 'treeitem'));

    await runCommand('BuildStreaM: Show Fleet Map');
    const frame = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await frame.getByRole('application', { name: 'Fleet Map. 14 of 14 nodes' }).waitFor();
    const map = await spokenIn(page, session);
    isSpoken(/^Fleet Map\. 14 of 14 nodes/, named(map, 'application'));
    isSpoken(/^Failed \(2\): show these nodes/, [...named(map, 'button'), ...named(map, 'ToggleButton')]);
    everythingIsNamed(map);
    await frame.getByRole('application').focus();
    await page.keyboard.press('Home');
    await frame
      .locator('[aria-live]')
      .getByText(/kube-control1, unknown, service_kube_control_plane/)
      .waitFor();

    await runCommand('BuildStreaM: Show Run Timeline');
    // The map disappears from the screen together with its frame.
    const timeline = page.frameLocator('iframe.webview >> nth=-1').frameLocator('iframe#active-frame');
    await timeline.getByText('Show as Table').click();
    await timeline.getByRole('columnheader', { name: 'waiting for the node to report' }).waitFor();
    const told = await spokenIn(page, session);
    isSpoken(/restart, try 2/, named(told, 'heading'));
    // A bar: start, stage, image, duration, outcome, person. A node: duration, outcome, and its steps.
    const words = new Set(named(told, 'StaticText').map((text) => text.trim()));
    for (const text of [
      ...['restart', 'rhel_10_r2', '1 min 11 s', '1 succeeded, 1 failed', 'ada@desk (editor)'],
      ...['cn-1', '1 min 10 s', 'booted', 'contacts the BMC: 10 s, waiting for the node to report: 1 min 0 s'],
    ]) {
      assert.ok(words.has(text), `${text} in ${[...words].join(' | ')}`);
    }
    isSpoken(/^4\/10\/26, /, [...named(told, 'button'), ...named(told, 'ToggleButton')]);
    isSpoken(/^Runs of stages, the newest first/, named(told, 'table'));
    isSpoken(/^The slowest nodes/, named(told, 'table'));
    // The table below the picture says the same in words: one column per area.
    for (const area of ['failed', 'booted', 'contacts the BMC', 'waiting for the node to report', 'queued']) {
      assert.ok(named(told, 'columnheader').includes(area), area);
    }
    everythingIsNamed(told);
  },
};
