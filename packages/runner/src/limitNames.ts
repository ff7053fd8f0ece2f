import type { StepLimits } from '@omnia-buildstream/engine/restart/settings';
import type { RunSettings } from '@omnia-buildstream/engine/validate/settings';

/** What `--limit` and `buildstream.engine.limits` call the limits of a restart; `request` is that of one request to a BMC. */
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

/** The same for the tests; `skew` is how far a node's clock may be off. No name is in both. */
export const validateLimits = {
  check: 'checkLimitMs',
  stage: 'stageLimitMs',
  up: 'comeUpMs',
  again: 'againAfterMs',
  skew: 'skewMs',
} as const satisfies Readonly<Record<string, keyof RunSettings | 'skewMs'>>;

type LimitNames = Readonly<Record<string, string>>;

/** Limits by their settings, in milliseconds; those that were not given are not there. */
export type Limits<Names extends LimitNames> = Readonly<Partial<Record<Names[keyof Names], number>>>;

/** The limits of one kind out of pairs of a name and milliseconds; other names are left out. */
export function limitsOf<const Names extends LimitNames>(
  names: Names,
  given: Iterable<readonly [name: string, ms: number]>,
): Limits<Names> {
  const known = [...given].flatMap(([name, ms]) => (Object.hasOwn(names, name) ? [[names[name] ?? '', ms]] : []));
  return Object.fromEntries(known) as Limits<Names>;
}
