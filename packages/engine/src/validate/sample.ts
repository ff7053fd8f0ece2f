import { createHash } from 'node:crypto';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Sample } from './settings.ts';

/**
 * Some of the nodes, in the order of the file. Each node's place in the draw depends only on the seed and its own name,
 * so one more node in the file changes the choice by one at most.
 */
export function sampleOf(targets: readonly Target[], { size, seed }: Sample): Target[] {
  const drawn = targets
    .map((target) => ({ target, draw: createHash('sha256').update(`${seed}\0${target.hostname}`).digest('hex') }))
    .sort((one, other) => (one.draw < other.draw ? -1 : 1))
    .slice(0, size);
  const chosen = new Set(drawn.map(({ target }) => target));
  return targets.filter((target) => chosen.has(target));
}
