import type { BmcReason } from '../ports/bmc.ts';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import type { StepLimits } from './settings.ts';

/** What happens to one node, in this order (redfish.md section 7, item 1). */
export const restartSteps = [
  'reach',
  'login',
  'ready',
  'read',
  'override',
  'verify',
  'reset',
  'power',
  'report',
] as const;
export type RestartStep = (typeof restartSteps)[number];

interface StepRule {
  readonly limit: keyof StepLimits;
  /** Failure when the time is over. */
  readonly late: FailureKind;
  /** Failure for what the BMC did; `other` for all reasons that are not named. */
  readonly failures: Readonly<Partial<Record<BmcReason, FailureKind>>> & { readonly other: FailureKind };
  /** Responses after which the same order is given again, until the limit. Nothing was carried out in these cases. */
  readonly again: readonly BmcReason[];
}

/** What the BMC says about itself or the account: called the same in every step. */
const said = {
  tls: 'tls',
  'tls-too-old': 'tls-too-old',
  'no-tls': 'no-tls',
  'not-redfish': 'not-redfish',
  unauthorized: 'unauthorized',
  'login-withheld': 'unauthorized',
  'no-credentials': 'no-credentials',
  'password-change': 'password-change',
  licence: 'licence',
  'lock-down': 'lock-down',
  privilege: 'privilege',
  'not-ready': 'not-ready',
  busy: 'busy',
  'in-post': 'in-post',
  'lifecycle-in-use': 'lifecycle-in-use',
  'several-systems': 'several-systems',
} as const;
const before = { ...said, unreachable: 'unreachable' } as const;
const since = { ...said, unreachable: 'contact-lost' } as const;

/** What passes: a BMC that is starting, busy with something else, or away because it is restarting. */
const passing = ['not-ready', 'busy', 'in-post', 'unreachable'] as const;

/** The steps as data: limits, what failures are called, and what may be tried again. */
export const stepRules: Readonly<Record<RestartStep, StepRule>> = {
  reach: { limit: 'reachMs', late: 'unreachable', failures: { ...before, other: 'not-redfish' }, again: passing },
  login: { limit: 'loginMs', late: 'unreachable', failures: { ...before, other: 'unexpected' }, again: passing },
  ready: { limit: 'readyMs', late: 'not-ready', failures: { ...before, other: 'not-ready' }, again: passing },
  read: { limit: 'readMs', late: 'unreachable', failures: { ...before, other: 'unexpected' }, again: passing },
  override: {
    limit: 'overrideMs',
    late: 'contact-lost',
    failures: { ...since, refused: 'override-refused', other: 'override-refused' },
    again: passing,
  },
  // Asks for nothing: what was read after the override is judged.
  verify: { limit: 'readMs', late: 'contact-lost', failures: { ...since, other: 'contact-lost' }, again: [] },
  reset: {
    limit: 'resetMs',
    late: 'contact-lost',
    failures: { ...since, refused: 'reset-refused', other: 'reset-refused' },
    again: passing,
  },
  power: {
    limit: 'powerMs',
    late: 'power-not-reached',
    failures: { ...since, other: 'power-not-reached' },
    again: [],
  },
  report: { limit: 'reportMs', late: 'no-report', failures: { other: 'no-report' }, again: [] },
};

/** What a failure of the BMC is called in this step. */
export function failureOf(step: RestartStep, reason: BmcReason): FailureKind {
  const { failures } = stepRules[step];
  return failures[reason] ?? failures.other;
}
