import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { isOfBoot, type FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { StopReason } from './events.ts';
import type { Share } from '@omnia-buildstream/core/stage/share';
import type { Rollout } from './rollout.ts';
import { stopTexts } from './stepTexts.ts';

/** Counts failures against the limits of a run. */
export class FailureLimits {
  readonly #rollout: Rollout;
  readonly #total: number;
  #ofBoot = 0;
  #unreachable = 0;

  /** @param total nodes of the run, those that an interrupted one has finished included */
  constructor(rollout: Rollout, total: number) {
    this.#rollout = rollout;
    this.#total = total;
  }

  /** Why no further node may be begun after this failure; undefined: more may. */
  add(kind: FailureKind): Extract<StopReason, 'too-many-failed' | 'too-many-unreachable'> | undefined {
    const { maxFailed, maxUnreachable } = this.#rollout;
    if (isOfBoot(kind)) return ++this.#ofBoot > this.#most(maxFailed) ? 'too-many-failed' : undefined;
    return ++this.#unreachable > this.#most(maxUnreachable) ? 'too-many-unreachable' : undefined;
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
