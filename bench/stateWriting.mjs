/**
 * Writing the state of a run on 50,000 nodes of which half have finished: the longest stretch that blocks everything
 * else, and the writer's share of the time. `node bench/stateWriting.mjs [nodes]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { Ledger } from '@omnia-buildstream/engine/restart/ledger';
import { StateWriter } from '@omnia-buildstream/engine/restart/stateWriter';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import { systemProcesses } from '@omnia-buildstream/engine/state/processIdentity';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';

const nodes = Number(process.argv[2] ?? 50_000);
const writes = 3;
const at = '2026-01-01T00:00:00Z';

const targets = Array.from({ length: nodes }, (_, index) => ({
  ...{ bmcIp: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`, hostname: `slurm-node${index}` },
  ...{ serviceTag: `TAG${index}`, functionalGroup: 'slurm_node_x86_64', groupName: 'grp0' },
  ...{ adminIp: '', adminMac: '', line: index + 1 },
}));
/** @type {import('@omnia-buildstream/core/plan/plan').Plan} */
const plan = /** @type {never} */ ({
  nodes: targets.map((target) => ({ action: 'boot', reason: 'new', target })),
  booted: [],
});
const finished = targets.slice(0, nodes / 2).map(({ bmcIp, hostname, serviceTag }, index) => {
  const failure = index % 10 === 0 ? /** @type {const} */ ('no-report') : undefined;
  return { type: /** @type {const} */ ('result'), at, bmcIp, hostname, serviceTag, failure, message: 'PXE Boot: OK' };
});
const folder = mkdtempSync(path.join(tmpdir(), 'bench-state-'));
const store = await FileStateStore.open({ folder }, nodeFiles, systemProcesses());
try {
  await store.hold();
  const ledger = new Ledger(plan, 'bench', finished);
  /** @type {number[]} */
  const begunMs = [];
  /** @type {number[]} */
  const tookMs = [];
  const timed = /** @type {import('@omnia-buildstream/engine/ports/stateStore').StateStore} */ ({
    write: async (/** @type {Parameters<typeof store.write>[0]} */ files) => {
      await store.write(files);
      tookMs.push(performance.now() - (begunMs.at(-1) ?? 0));
    },
  });
  const filesNow = () => {
    begunMs.push(performance.now());
    return ledger.files(at);
  };
  const writer = new StateWriter(timed, systemClock, filesNow, (error) => {
    throw error;
  });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  while (tookMs.length < writes) {
    writer.schedule();
    await systemClock.sleep(50);
  }
  delay.disable();
  await writer.abandon();
  // The pause after the last write is not included.
  const cyclesMs = (begunMs.at(writes - 1) ?? 0) - (begunMs[0] ?? 0);
  const spentMs = tookMs.slice(0, writes - 1).reduce((sum, ms) => sum + ms, 0);
  console.table({
    nodes,
    'a write ms': Math.round(spentMs / (writes - 1)),
    'share of the time': Number((spentMs / cyclesMs).toFixed(3)),
    'longest stretch ms': Math.round(delay.max / 1e6),
  });
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
