import type { StepLimits } from '@omnia-buildstream/engine/restart/settings';
import type { RunSettings } from '@omnia-buildstream/engine/validate/settings';

/**
 * The names that `--limit` and `buildstream.engine.limits` use for the limits of a restart; `request` is the limit of
 * one request to a BMC.
 */
export const restartLimits = {
  reach: 'reachMs',
  login: 'loginMs',
  ready: 'readyMs',
  read: 'readMs',
  override: 'overrideMs',
  reset: 'resetMs',
  shutdown: 'shutdownMs',
  power: 'powerMs',
  report: 'reportMs',
  settle: 'settleMs',
  request: 'requestMs',
} as const satisfies Readonly<Record<string, keyof StepLimits | 'requestMs'>>;

/** The same for the tests; `skew` is the permitted deviation of a node's clock. No name is in both. */
export const validateLimits = {
  check: 'checkLimitMs',
  stage: 'stageLimitMs',
  up: 'comeUpMs',
  again: 'againAfterMs',
  skew: 'skewMs',
} as const satisfies Readonly<Record<string, keyof RunSettings | 'skewMs'>>;

type LimitNames = Readonly<Record<string, string>>;

/** Limits by their settings, in milliseconds; limits that were not given are absent. */
export type Limits<Names extends LimitNames> = Readonly<Partial<Record<Names[keyof Names], number>>>;

/** The limits of one kind from pairs of a name and milliseconds; other names are ignored. */
export function limitsOf<const Names extends LimitNames>(
  names: Names,
  given: Iterable<readonly [name: string, ms: number]>,
): Limits<Names> {
  const known = [...given].flatMap(([name, ms]) => (Object.hasOwn(names, name) ? [[names[name] ?? '', ms]] : []));
  return Object.fromEntries(known) as Limits<Names>;
}
