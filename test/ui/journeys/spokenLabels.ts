import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { recordedText } from '../../support/pages/recordedRun.ts';
import { waitUntil } from '../../support/waitUntil.ts';
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

/**
 * Takes the accessibility tree again until it is as expected: the browser brings it up to date some time after the page.
 * @throws what `check` threw last, if that has not happened within a minute
 */
async function untilSpoken(
  look: () => Promise<readonly Spoken[]>,
  check: (spoken: readonly Spoken[]) => void,
): Promise<void> {
  let missing: unknown;
  const complete = async (): Promise<true | undefined> => {
    const spoken = await look();
    try {
      check(spoken);
      return true;
    } catch (error) {
      missing = error;
      return undefined;
    }
  };
  await waitUntil('the spoken labels', complete).catch((error: unknown) => {
    throw missing ?? error;
  });
}

function named(spoken: readonly Spoken[], ...roles: readonly string[]): string[] {
  return spoken.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
}

function isSpoken(pattern: RegExp, names: readonly string[]): void {
  assert.ok(
    names.some((name) => pattern.test(name)),
    `${String(pattern)} in ${names.join(' | ')}`,
  );
}

function everythingIsNamed(spoken: readonly Spoken[]): void {
  for (const role of ['button', 'ToggleButton', 'treeitem', 'tab', 'link', 'DisclosureTriangle']) {
    assert.deepEqual(
      named(spoken, role).filter((name) => name.trim() === ''),
      [],
      role,
    );
  }
}

/** Status: the current state and the next step; a node with state, cause, age and role; a branch with its count. */
function isSideBar(spoken: readonly Spoken[]): void {
  const items = named(spoken, 'treeitem');
  isSpoken(/^2 failed.*, of 14 nodes/, items);
  isSpoken(/^Next: /, items);
  isSpoken(/^Failed: iDRAC is not ready, 1 node/, items);
  isSpoken(/^slurm-node2, failed, iDRAC is not ready, .* ago, slurm_node_x86_64/, items);
  isSpoken(/2 failed nodes/, named(spoken, 'tab'));
  everythingIsNamed(spoken);
}

function isMap(spoken: readonly Spoken[]): void {
  isSpoken(/^Fleet Map\. 14 of 14 nodes/, named(spoken, 'application'));
  isSpoken(/^Failed \(2\): show these nodes/, named(spoken, 'button', 'ToggleButton'));
  everythingIsNamed(spoken);
}

function isTimeline(spoken: readonly Spoken[]): void {
  isSpoken(/restart, try 2/, named(spoken, 'heading'));
  // A bar: start, stage, image, duration, outcome, person. A node: duration, outcome, and its steps.
  const words = new Set(named(spoken, 'StaticText').map((text) => text.trim()));
  for (const text of [
    ...['restart', 'rhel_10_r2', '1 min 11 s', '1 succeeded, 1 failed', 'ada@desk (editor)'],
    ...['cn-1', '1 min 10 s', 'booted', 'contacts the BMC: 10 s, waiting for the node to report: 1 min 0 s'],
  ]) {
    assert.ok(words.has(text), `${text} in ${[...words].join(' | ')}`);
  }
  isSpoken(/^4\/10\/26, /, named(spoken, 'button', 'ToggleButton'));
  isSpoken(/^Runs of stages, the newest first/, named(spoken, 'table'));
  isSpoken(/^The slowest nodes/, named(spoken, 'table'));
  // The table below the picture says the same in words: one column per area.
  for (const area of ['failed', 'booted', 'contacts the BMC', 'waiting for the node to report', 'queued']) {
    assert.ok(named(spoken, 'columnheader').includes(area), area);
  }
  everythingIsNamed(spoken);
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
  prepare: recordRuns,
  async run({ page, runCommand }) {
    const session = await page.context().newCDPSession(page);
    await session.send('Accessibility.enable');
    const look = (): Promise<Spoken[]> => spokenIn(page, session);
    await page.locator('.activitybar [aria-label^="BuildStreaM"]').first().click();
    const rows = page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'slurm-node2' }).waitFor();
    await rows.filter({ hasText: 'Next:' }).waitFor();
    await page.locator('.activitybar [aria-label*="2 failed nodes"]').first().waitFor();
    await untilSpoken(look, isSideBar);

    await page.getByRole('button', { name: 'Connections Section' }).click({ position: { x: 60, y: 8 } });
    await rows.filter({ hasText: 'signed out' }).first().waitFor();
    await untilSpoken(look, (spoken) => {
      isSpoken(/^GitLab, signed out/, named(spoken, 'treeitem'));
    });

    await runCommand('BuildStreaM: Show Fleet Map');
    const frame = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await frame.getByRole('application', { name: 'Fleet Map. 14 of 14 nodes' }).waitFor();
    await untilSpoken(look, isMap);
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
    await untilSpoken(look, isTimeline);
  },
};
