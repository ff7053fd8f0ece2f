import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fleetRuns } from '../support/pages/fleetRuns.ts';
import type { Scene } from './screenshots.ts';
import { themes } from './themes.ts';

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';
/** Pictures must not catch a half-drawn panel. */
const settleMs = 700;
const racks = 12;
const nodesInRack = 40;

/** Intervals at which a node has failed, and at which a node was marked. */
const failedEvery = 23;
const markedEvery = 57;

function fleetFiles(): { readonly mapping: string; readonly failed: string } {
  const rows: string[] = [];
  const entries: object[] = [];
  for (let at = 0; at < racks * nodesInRack; at += 1) {
    const [high, low] = [at >> 7, (at & 127) + 10].map(String);
    const tag = `RK${String(at).padStart(5, '0')}`;
    const hex = (place: number): string =>
      `b0:7b:25:${place.toString(16)}0:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`;
    const [hostname, bmcIp] = [`nid${String(at).padStart(5, '0')}`, `172.17.${high ?? ''}.${low ?? ''}`];
    const rack = `rack${String(Math.floor(at / nodesInRack) + 1)}`;
    rows.push(
      `slurm_node_x86_64,${rack},${tag},,${hostname},${hex(1)},172.16.${high ?? ''}.${low ?? ''},${hex(2)},${bmcIp}`,
    );
    if (at % failedEvery !== 5 && at % markedEvery !== 3) continue;
    const status = at % failedEvery === 5 ? 'failed' : 'success';
    entries.push({
      bmc_ip: bmcIp,
      hostname,
      service_tag: tag,
      status,
      message: 'Failed. iDRAC is not ready. Retry again after iDRAC is ready',
    });
  }
  const list = {
    job_id: '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10',
    stage_name: 'restart',
    timestamp: '2026-04-10T16:32:15Z',
    total_nodes: rows.length,
    failure_count: entries.length,
    failed_nodes: entries,
  };
  return { mapping: `${[header, ...rows].join('\n')}\n`, failed: `${JSON.stringify(list, undefined, 2)}\n` };
}

const fleetScene = ([ending, theme]: readonly [string, string]): Scene => ({
  name: `fleet-map${ending}`,
  size: { width: 1280, height: 780 },
  settings: { 'workbench.colorTheme': theme },
  ...(ending === '' ? {} : { isOnlyLookedAt: true }),
  isCommitted: true,
  prepare(folder) {
    const { mapping, failed } = fleetFiles();
    writeFileSync(path.join(folder, 'input/pxe_mapping_file.csv'), mapping);
    writeFileSync(path.join(folder, 'miscellaneous/failed_nodes.json'), failed);
  },
  async run({ page, runCommand }) {
    await page.locator('.activitybar').getByText('21', { exact: true }).waitFor();
    await runCommand('View: Toggle Primary Side Bar Visibility');
    await runCommand('BuildStreaM: Show Fleet Map');
    const map = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await map.getByRole('application', { name: '480 of 480 nodes' }).focus();
    await page.keyboard.type('nid00097');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    const canvas = map.locator('canvas.map');
    await canvas.hover({ position: { x: 140, y: 60 } });
    await map.locator('.tooltip').waitFor();
    await page.waitForTimeout(settleMs);
  },
});

const timelineScene = ([ending, theme]: readonly [string, string]): Scene => ({
  name: `run-timeline${ending}`,
  size: { width: 1280, height: 760 },
  settings: { 'workbench.colorTheme': theme },
  ...(ending === '' ? {} : { isOnlyLookedAt: true }),
  prepare(folder) {
    const history = path.join(folder, '.buildstream/history');
    mkdirSync(history, { recursive: true });
    for (const [name, text] of fleetRuns()) writeFileSync(path.join(history, name), text);
  },
  async run({ page, runCommand }) {
    await page.locator('.activitybar').getByText('2', { exact: true }).waitFor();
    await runCommand('View: Toggle Primary Side Bar Visibility');
    await runCommand('BuildStreaM: Show Run Timeline');
    const timeline = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    // The retry is the newest run, but the restart of all nodes shows more.
    await timeline
      .getByRole('row', { name: /57 succeeded, 3 failed/ })
      .getByRole('button')
      .click();
    await timeline.getByRole('heading', { name: 'restart, try 1' }).waitFor();
    await page.waitForTimeout(settleMs);
  },
});

/** Every panel in every theme. */
export const panelScenes: readonly Scene[] = Object.entries(themes).flatMap((theme) => [
  fleetScene(theme),
  timelineScene(theme),
]);
