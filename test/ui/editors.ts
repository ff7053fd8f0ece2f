import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/browser.mjs';
import { labSettings, startLabWorkspace, type LabWorkspace } from '../../scripts/labWorkspace.mjs';
import { temporaryFolder } from '../../scripts/lifetime.mjs';
import { resultsDir, vsixFile } from '../../scripts/paths.mjs';
import { startVscodeServer, type VscodeServer } from '../../scripts/vscodeServer.mjs';
import { listenForClocks, type TestClocks } from './testClocks.ts';
import type { Workbench } from './workbench.ts';

/**
 * Shared by all journeys of a run: a browser, an editor with the packaged extension, and a second one connected to a
 * lab.
 */
export interface Editors {
  readonly browser: Browser;
  readonly plain: VscodeServer;
  readonly withLab: VscodeServer;
  readonly lab: LabWorkspace;
  /** Advances the time of the extension in the editor with the lab. */
  readonly clocks: TestClocks;
  readonly end: () => Promise<void>;
}

const labOptions = ['--size', '20', '--boot', '0', '--latency', '0'];

export async function startEditors(): Promise<Editors> {
  const ends: (() => Promise<void> | void)[] = [];
  const end = async (): Promise<void> => {
    for (const one of ends.splice(0).reverse()) await one();
  };
  /** Ensures that everything started is ended, even if something started in parallel fails to start. */
  const begun = async <T>(starting: Promise<T>, ending: (started: T) => Promise<void> | void): Promise<T> => {
    const started = await starting;
    ends.push(() => ending(started));
    return started;
  };
  const stop = (server: VscodeServer): void => {
    server.stop();
  };
  try {
    const { dir, remove } = temporaryFolder();
    ends.push(remove);
    const clocks = await begun(listenForClocks(path.join(dir, 'clock')), (one) => one.close());
    const [plain, lab] = await allOf(
      begun(startVscodeServer({ vsix: vsixFile, workspaceTrust: false }), stop),
      begun(startLabWorkspace(dir, labOptions), (one) => {
        one.end();
      }),
    );
    const env = { ...lab.env, BUILDSTREAM_TEST_CLOCK: clocks.path };
    const [withLab, browser] = await allOf(
      begun(startVscodeServer({ extensionsOf: plain, env, settings: labSettings, workspaceTrust: false }), stop),
      begun(launchBrowser(dir), (one) => one.close()),
    );
    return { browser, plain, withLab, lab, clocks, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Like Promise.all, but waits for all of them before it rejects. */
async function allOf<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

/** Runs a journey in a window and closes it at the end. Takes a screenshot if the journey fails. */
export async function inWindow(
  name: string,
  opening: Promise<Workbench>,
  go: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await opening;
  try {
    await go(workbench);
  } catch (error) {
    mkdirSync(resultsDir, { recursive: true });
    await workbench.page.screenshot({ path: path.join(resultsDir, `ui-${name}.png`) });
    throw error;
  } finally {
    await workbench.page.close();
  }
}
