import type { BmcReason } from '../ports/bmc.ts';
import type { FailureKind } from './failure.ts';
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
  /** Answers after which the same order is given again, until the limit. Nothing was carried out then. */
  readonly again: readonly BmcReason[];
}

const access = {
  tls: 'tls',
  unauthorized: 'unauthorized',
  'login-withheld': 'unauthorized',
  'no-credentials': 'no-credentials',
} as const;
const before = { ...access, unreachable: 'unreachable', 'not-ready': 'not-ready', busy: 'busy' } as const;
const since = { ...access, unreachable: 'contact-lost', 'not-ready': 'not-ready', busy: 'busy' } as const;

/** The steps as data: limits, what failures are called, and what may be tried again. */
export const stepRules: Readonly<Record<RestartStep, StepRule>> = {
  reach: { limit: 'reachMs', late: 'unreachable', failures: { ...before, other: 'unreachable' }, again: [] },
  login: {
    limit: 'loginMs',
    late: 'unreachable',
    failures: { ...before, other: 'unexpected' },
    again: ['not-ready', 'busy'],
  },
  ready: {
    limit: 'readyMs',
    late: 'not-ready',
    failures: { ...before, other: 'not-ready' },
    again: ['not-ready', 'busy', 'unreachable'],
  },
  read: { limit: 'readMs', late: 'unreachable', failures: { ...before, other: 'unexpected' }, again: [] },
  override: {
    limit: 'overrideMs',
    late: 'contact-lost',
    failures: { ...since, refused: 'override-refused', other: 'override-refused' },
    again: ['not-ready', 'busy', 'unreachable'],
  },
  verify: { limit: 'readMs', late: 'contact-lost', failures: { ...since, other: 'contact-lost' }, again: [] },
  reset: {
    limit: 'resetMs',
    late: 'contact-lost',
    failures: { ...since, refused: 'reset-refused', other: 'reset-refused' },
    again: ['not-ready', 'busy', 'unreachable'],
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
