import type { LabService } from '../node/services.ts';

import type { Manner } from '../bmc/manner.ts';

/** Scripted faults of a BMC and its node. */

/** What a request is for, as the BMC sees it. */
export type RequestKind =
  | 'root'
  | 'login'
  | 'logout'
  | 'systems'
  | 'system'
  | 'settings'
  | 'manager'
  | 'lifecycle'
  | 'boot'
  | 'reset'
  | 'job'
  | 'recovery'
  | 'other';

export type FaultAction =
  /** The host disappears with this request: the connection breaks, and no new one can be made. */
  | { readonly do: 'vanish' }
  /** The connection breaks before the request is carried out. */
  | { readonly do: 'cut' }
  /** The request is carried out, then the connection breaks without a response. */
  | { readonly do: 'cut-after' }
  /** The request is carried out, then the connection breaks in the middle of the response. */
  | { readonly do: 'cut-within' }
  /**
   * The request is carried out, then something in between responds with this status and its own page; with a message
   * ID, the BMC itself sends this response.
   */
  | { readonly do: 'answer-after'; readonly status: number; readonly messageId?: string }
  /** Something in between responds with this status and its own page, and the request never arrives. */
  | { readonly do: 'answer-instead'; readonly status: number }
  /** The BMC has restarted before the request: its sessions are gone. */
  | { readonly do: 'forget-sessions' }
  /** The BMC restarts before the request: it is away for this long, and then has lost its sessions. */
  | { readonly do: 'restart'; readonly awayMs: number }
  /** The request is not carried out and never gets a response. */
  | { readonly do: 'hang' }
  /** The response is late. */
  | { readonly do: 'delay'; readonly delayMs: number }
  /** Refused with this status and message; nothing is carried out. */
  | { readonly do: 'refuse'; readonly status: number; readonly messageId: string; readonly message: string }
  /** Confirmed without being carried out. */
  | { readonly do: 'ignore' }
  /** A response that is not JSON. */
  | { readonly do: 'garbage' };

export interface FaultRule {
  readonly on: RequestKind;
  /** Requests of this kind that pass before the fault begins. */
  readonly skip?: number;
  /** Number of requests that it affects. Undefined for all from then on. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** Everything that can be wrong with one BMC and its node. */
export interface Faults {
  readonly rules?: readonly FaultRule[];
  /** Nothing listens at its address. */
  readonly unreachable?: boolean;
  /** Its certificate is from another authority. */
  readonly wrongCertificate?: boolean;
  /** Its certificate is for another address. */
  readonly wrongName?: boolean;
  /** Its password differs from that of the fleet. */
  readonly wrongPassword?: boolean;
  /** The Lifecycle Controller is not ready for this long after the start. */
  readonly notReadyMs?: number;
  /** After a reset the power stays off. */
  readonly powerStuck?: boolean;
  /** The node boots and never reports. */
  readonly silent?: boolean;
  /** The override is accepted and shown, but the node boots from disk anyway. */
  readonly bootsFromDisk?: boolean;
  /** It has no session service: only Basic works, and the service root lists no sessions. */
  readonly noSessions?: boolean;
  /** The service tag of the hardware, if it differs from the row: another machine is behind the address. */
  readonly foreignTag?: string;
  /** A baseboard with accelerators comes before the system, as on GPU servers. */
  readonly twoSystems?: boolean;
  /** Its firmware differs from that of its generation. */
  readonly manner?: Manner;
  /** Services that do not listen even while the node is running. */
  readonly closedServices?: readonly LabService[];
}

/** Finds the rule that affects a request, and counts the requests for each rule. */
export class FaultScript {
  #rules: readonly FaultRule[];
  readonly #seen = new Map<FaultRule, number>();

  constructor(rules: readonly FaultRule[] = []) {
    this.#rules = rules;
  }

  /** Removes all rules, so that nothing goes wrong anymore. */
  clear(): void {
    this.#rules = [];
  }

  next(kind: RequestKind): FaultAction | undefined {
    let found: FaultAction | undefined;
    for (const rule of this.#rules) {
      if (rule.on !== kind) continue;
      const index = this.#seen.get(rule) ?? 0;
      this.#seen.set(rule, index + 1);
      const skip = rule.skip ?? 0;
      if (index >= skip && index < skip + (rule.times ?? Infinity)) found ??= rule.action;
    }
    return found;
  }
}
