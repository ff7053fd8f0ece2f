import type { RequestKind } from '../faults/fault.ts';
import type { ResetType } from './power.ts';

/** What a BMC saw. Tests judge the engine by this, not by what the engine reports about itself. */
export class BmcRecord {
  /** Requests by kind, in order, including those that a fault hit. */
  readonly requests: RequestKind[] = [];
  /** Attempts to authenticate with user and password, and how many were refused. */
  logins = 0;
  refusedLogins = 0;
  /** Requests with credentials (of any kind) that came after the first refusal. */
  loginsAfterRefusal = 0;
  /** Every request to change another system of the chassis. */
  readonly strays: string[] = [];
  /** What was done to the BMC itself: restarts, and clearing its job queue. */
  readonly recoveries: ('clear-jobs' | 'restart-bmc')[] = [];
  readonly resets: { readonly type: ResetType; readonly isCarriedOut: boolean }[] = [];
  /** Images that the node has booted by PXE, the newest last. */
  readonly images: string[] = [];
  /** Highest number of simultaneous requests. */
  mostAtOnce = 0;

  get resetsCarriedOut(): number {
    return this.resets.filter(({ isCarriedOut }) => isCarriedOut).length;
  }

  count(kind: RequestKind): number {
    return this.requests.filter((seen) => seen === kind).length;
  }
}
