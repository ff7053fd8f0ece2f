import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import { faultPresets } from '@omnia-buildstream/lab/faults/presets';

/** The first eight nodes are the heads of the cluster; workers break. */
const firstWorker = 8;
/** One in this many workers is broken. */
const between = 7;

/** In turn: the faults an operator meets most. All of these nodes respond until the restart stage touches them. */
const kinds: readonly (() => Faults)[] = [
  // Until somebody clears the job queue of its Lifecycle Controller.
  () => ({ notReadyMs: Number.MAX_SAFE_INTEGER }),
  // The connection is lost while the boot source is set.
  () => ({ rules: [{ on: 'boot', action: { do: 'vanish' } }] }),
  () => faultPresets['refuses-override'].make(),
];

/** Faults by the index of the node; the spare nodes, from `size` on, are healthy. */
export function brokenNodes(count: number, size: number): ReadonlyMap<number, Faults> {
  const found = new Map<number, Faults>();
  const workers = size - firstWorker;
  for (let i = 0; i < count; i++) {
    let index = (3 + i * between) % workers;
    while (found.has(firstWorker + index)) index = (index + 1) % workers;
    found.set(firstWorker + index, (kinds[i % kinds.length] ?? (() => ({})))());
  }
  return found;
}
