import type { RequestKind } from '../faults/fault.ts';
import type { ResetType } from './power.ts';

/** What a BMC saw. Tests judge the engine by this, not by what the engine says about itself. */
export class BmcRecord {
  /** Requests by kind, in order, including those that a fault hit. */
  readonly requests: RequestKind[] = [];
  /** Attempts to authenticate with user and password, and how many were refused. */
  logins = 0;
  refusedLogins = 0;
  /** Requests with credentials (of any kind) that came after the first refusal. */
  loginsAfterRefusal = 0;
  /** Everything that was sent to another system of the chassis to change it. */
  readonly strays: string[] = [];
  /** What was done to the BMC itself: its restarts, and that its job queue was cleared. */
  readonly recoveries: ('clear-jobs' | 'restart-bmc')[] = [];
  readonly resets: { readonly type: ResetType; readonly isCarriedOut: boolean }[] = [];
  /** Images that the node has booted by PXE, the newest last. */
  readonly images: string[] = [];
  /** The highest number of requests that were in progress at the same time. */
  mostAtOnce = 0;

  get resetsCarriedOut(): number {
    return this.resets.filter(({ isCarriedOut }) => isCarriedOut).length;
  }

  count(kind: RequestKind): number {
    return this.requests.filter((seen) => seen === kind).length;
  }
}
