import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { isOfBoot, type FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { StopReason } from './events.ts';
import type { NodesOfRun } from './nodesOfRun.ts';
import type { Share } from '@omnia-buildstream/core/stage/share';
import type { Rollout } from './rollout.ts';
import { stopTexts } from './stepTexts.ts';

/** Counts failures against the limits of a run. */
export class FailureLimits {
  readonly #rollout: Rollout;
  readonly #total: number;
  #ofBoot = 0;
  #unreachable = 0;

  private constructor(rollout: Rollout, total: number) {
    this.#rollout = rollout;
    this.#total = total;
  }

  /** Of a run at its beginning; what an interrupted run has finished counts. */
  static after(rollout: Rollout, { nodes, finished }: Pick<NodesOfRun, 'nodes' | 'finished'>): FailureLimits {
    const limits = new FailureLimits(rollout, nodes.length + finished.length);
    for (const { failure } of finished) if (failure !== undefined) limits.add(failure);
    return limits;
  }

  add(kind: FailureKind): void {
    if (isOfBoot(kind)) this.#ofBoot++;
    else this.#unreachable++;
  }

  /** Why no further node may be begun; undefined: more may be begun. */
  get exceeded(): Extract<StopReason, 'too-many-failed' | 'too-many-unreachable'> | undefined {
    const { maxFailed, maxUnreachable } = this.#rollout;
    if (this.#ofBoot > this.#most(maxFailed)) return 'too-many-failed';
    return this.#unreachable > this.#most(maxUnreachable) ? 'too-many-unreachable' : undefined;
  }

  /** For people. */
  get counts(): Phrase {
    return phrase(stopTexts.counts, { failed: this.#ofBoot, total: this.#total, unreachable: this.#unreachable });
  }

  #most(limit: Share | undefined): number {
    if (limit === undefined) return Infinity;
    return limit.unit === 'nodes' ? limit.value : (limit.value * this.#total) / 100;
  }
}
