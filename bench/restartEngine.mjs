/** Runs the restart stage in a separate process, for bench/restart.mjs. Prints the measurements as JSON. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planRestart } from '@omnia-buildstream/core/plan/plan';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import { defaultRestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';

const { concurrency, port, report, caFile, mappingFile } = JSON.parse(process.argv[2] ?? '{}');
const folder = mkdtempSync(path.join(tmpdir(), 'bench-state-'));
const reports = await PhoneHomeServer.listen(report.host, report.port, systemClock);
const state = await FileStateStore.open({ folder }, nodeFiles, systemProcesses());
const credential = new Credential('bench', 'root', 'bench');
const bmc = new RedfishClient({
  clock: systemClock,
  random: Math.random,
  credentials: () => Promise.resolve(credential),
  tls: { ca: readFileSync(caFile, 'utf8'), pins: [] },
  port,
});
const { restartState, failedNodes } = state.found;
const rows = targetsOf(readFileSync(mappingFile, 'utf8'), '2.2');
const plan = planRestart({ rows, failedNodes, restartState, imageGroup: 'bench', version: '2.2' });
const never = new AbortController().signal;
const before = process.cpuUsage();
const startMs = performance.now();
let lastBmcCallMs = startMs;
const summary = await runRestart({
  plan,
  nodes: nodesOfRun(plan, undefined),
  jobId: 'bench',
  runId: 'bench',
  settings: { ...defaultRestartSettings, concurrency },
  state,
  bmc,
  reports,
  clock: systemClock,
  emit: (event) => {
    if (event.type === 'node-step') lastBmcCallMs = performance.now();
  },
  stop: never,
  stopAtOnce: never,
});
const wallMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(before);
await state.close();
await reports.close();
rmSync(folder, { recursive: true, force: true });
const cpuMs = (user + system) / 1000;
process.stdout.write(
  JSON.stringify({
    ...summary,
    wallMs,
    bmcMs: lastBmcCallMs - startMs,
    cpuMs,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);
