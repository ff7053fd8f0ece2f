import { panelScenes } from './panelScenes.ts';
import { pipelinesScene, sideBarScenes } from './pipelinesScene.ts';
import { walkthroughScenes } from './walkthroughScenes.ts';
import type { Workbench } from './workbench.ts';

/** A picture: `run` brings the workbench, opened on the sample, into the state to show. */
export interface Scene {
  /** File name in docs/images, without .png. */
  readonly name: string;
  /** Only for looking at, for example in another theme: the picture is saved to test-results and appears on no page. */
  readonly isOnlyLookedAt?: true;
  /** Size in pixels, from the top left corner. The rest of the window is irrelevant, so it is cut off. */
  readonly size: { readonly width: number; readonly height: number };
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes the workspace a repository with one commit: without git, the rows of the last run are unknown. */
  readonly isCommitted?: true;
  /** Adds files to the copy of the sample before it is committed. */
  prepare?(folder: string): void;
  /** `atEnd` registers what has to be cleaned up after the picture was taken. */
  run(workbench: Workbench, atEnd: (end: () => Promise<void>) => void): Promise<void>;
}

const mappingFile = 'input/pxe_mapping_file.csv';
const failedNodesFile = 'miscellaneous/failed_nodes.json';
/** Pictures must not catch a fade or a half-drawn list. */
const settleMs = 700;

async function openChecked({ page, openFile, runCommand }: Workbench): Promise<void> {
  await runCommand('View: Toggle Primary Side Bar Visibility');
  await openFile(mappingFile);
  await page.locator('.squiggly-error').first().waitFor();
}

async function showProblems({ runCommand, problems }: Workbench): Promise<void> {
  await runCommand('Problems: Focus on Problems View');
  await problems.filter({ hasText: 'is used here first' }).waitFor();
}

export const scenes: readonly Scene[] = [
  {
    name: 'overview',
    size: { width: 1280, height: 800 },
    async run(workbench) {
      const { page, openFile } = workbench;
      await openFile(mappingFile);
      await page.locator('.squiggly-error').first().waitFor();
      await showProblems(workbench);
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'overview-dark',
    size: { width: 1280, height: 800 },
    settings: { 'workbench.colorTheme': 'Dark 2026' },
    async run(workbench) {
      await openChecked(workbench);
      await showProblems(workbench);
      await workbench.page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'light-bulb',
    size: { width: 1280, height: 420 },
    async run(workbench) {
      await openChecked(workbench);
      const { page, goTo } = workbench;
      await goTo(10, 74);
      await page.locator('.monaco-editor [class*="codicon-gutter-lightbulb"]').first().waitFor();
      await page.keyboard.press('Control+.');
      await page.locator('.action-widget .monaco-list-row').first().waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'hover',
    size: { width: 1280, height: 420 },
    async run(workbench) {
      await openChecked(workbench);
      const { page, goTo, runCommand } = workbench;
      await goTo(12, 36);
      await runCommand('Show or Focus Hover');
      await page.getByText('Service tag of the Kubernetes worker').filter({ visible: true }).first().waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'completion',
    size: { width: 1280, height: 600 },
    async run(workbench) {
      await openChecked(workbench);
      const { page, goTo } = workbench;
      await goTo(13, 1);
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget .monaco-list-row').first().waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'aligned-columns',
    settings: { 'buildstream.mapping.alignColumns': true },
    size: { width: 1280, height: 420 },
    async run(workbench) {
      await openChecked(workbench);
      await workbench.page.waitForTimeout(3 * settleMs);
    },
  },
  {
    name: 'failed-nodes',
    size: { width: 1280, height: 620 },
    async run({ page, openFile, runCommand, goTo }) {
      await runCommand('View: Toggle Primary Side Bar Visibility');
      await openFile(failedNodesFile);
      await page.getByText('2 failed · 0 marked').waitFor();
      await goTo(17, 30);
      await page.keyboard.press('Control+.');
      await page.locator('.action-widget .monaco-list-row').first().waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'nodes-view',
    isCommitted: true,
    size: { width: 1280, height: 760 },
    async run({ page, openFile, runCommand }) {
      await openFile(failedNodesFile);
      await page.getByText('2 failed · 0 marked').waitFor();
      await runCommand('BuildStreaM: Focus on Nodes View');
      // VS Code draws only what fits.
      await page.getByRole('button', { name: 'Pipelines Section' }).click({ position: { x: 60, y: 8 } });
      await page.locator('.pane-body .monaco-list-row', { hasText: 'slurm-node5' }).click();
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await page.locator('.monaco-hover').getByText('Service tag').waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  {
    name: 'plan',
    isCommitted: true,
    size: { width: 1280, height: 620 },
    async run({ page, openFile, runCommand }) {
      await runCommand('View: Toggle Primary Side Bar Visibility');
      await openFile(failedNodesFile);
      await page.getByText('2 failed · 0 marked').waitFor();
      await runCommand('BuildStreaM: Show Plan');
      await page.frameLocator('iframe.webview.ready').frameLocator('iframe').getByText('2 of 14 nodes').waitFor();
      await page.waitForTimeout(settleMs);
    },
  },
  pipelinesScene,
  ...panelScenes,
  ...sideBarScenes,
  ...walkthroughScenes,
];
