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

/** What all journeys of a run share: one browser, an editor with the packaged extension, and one that is connected to a lab. */
export interface Editors {
  readonly browser: Browser;
  readonly plain: VscodeServer;
  readonly withLab: VscodeServer;
  readonly lab: LabWorkspace;
  /** Moves the time of the extension in the editor with the lab. */
  readonly clocks: TestClocks;
  readonly end: () => Promise<void>;
}

const labOptions = ['--size', '20', '--boot', '0', '--latency', '0'];

export async function startEditors(): Promise<Editors> {
  const { dir, remove } = temporaryFolder();
  const clocks = await listenForClocks(path.join(dir, 'clock'));
  const [plain, lab] = await Promise.all([
    startVscodeServer({ vsix: vsixFile, testDriver: true }),
    startLabWorkspace(dir, labOptions),
  ]);
  const [withLab, browser] = await Promise.all([
    startVscodeServer({
      extensionsOf: plain,
      testDriver: true,
      env: { ...lab.env, BUILDSTREAM_TEST_CLOCK: clocks.path },
      settings: labSettings,
    }),
    launchBrowser(plain.dir),
  ]);
  return {
    browser,
    plain,
    withLab,
    lab,
    clocks,
    async end() {
      await browser.close();
      await clocks.close();
      for (const server of [plain, withLab]) server.stop();
      lab.end();
      remove();
    },
  };
}

/** Goes a journey in a window, which is closed at its end; a failure leaves a picture of it. */
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
