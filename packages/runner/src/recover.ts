import { recoveryNoteTexts, recoveryTexts, type RecoveryAct } from '@omnia-buildstream/core/restart/recoveryAct';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { BmcError, type PowerState } from '@omnia-buildstream/engine/ports/bmc';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import { judgeIdentity } from '@omnia-buildstream/engine/restart/identity';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { bmcsAtATime, withManagedBmc, type BmcWorld } from './managedBmcs.ts';

/** The state of a BMC before the user is asked: what it offers, or why nothing is done there. */
export type RecoveryLook =
  | { readonly target: Target; readonly power: PowerState; readonly offers: readonly RecoveryAct[] }
  | { readonly target: Target; readonly refused: Phrase }
  | { readonly target: Target; readonly error: BmcError };

/** The outcome of one act. */
export type RecoveryOutcome =
  | { readonly target: Target; readonly isDone: boolean; readonly said: Phrase }
  | { readonly target: Target; readonly error: BmcError };

export interface RecoveryWorld extends BmcWorld {
  readonly identity: RestartSettings['identity'];
  /** Called right before an act is requested. */
  readonly onOrder?: (target: Target) => void;
}

/**
 * Reads one BMC: which machine it belongs to, and what it offers. Changes nothing. Rejects only with the signal's
 * reason.
 */
export async function lookForRecovery(target: Target, world: RecoveryWorld): Promise<RecoveryLook> {
  const look = await withManagedBmc<RecoveryLook>(target, world, async (bmc, signal) => {
    const { power, hardware } = await bmc.read(signal);
    const refused = refusalOf(target, hardware, world);
    return refused === undefined ? { target, power, offers: await bmc.offers(signal) } : { target, refused };
  });
  return look instanceof BmcError ? { target, error: look } : look;
}

/**
 * Performs one act at one BMC, once, after comparing its machine with the row again. Rejects only with the signal's
 * reason; the outcome is then unknown.
 */
export async function recover(target: Target, act: RecoveryAct, world: RecoveryWorld): Promise<RecoveryOutcome> {
  const order = { isGiven: false };
  const outcome = await withManagedBmc<RecoveryOutcome>(target, world, async (bmc, signal) => {
    const refused = refusalOf(target, (await bmc.read(signal)).hardware, world);
    if (refused !== undefined) return { target, isDone: false, said: refused };
    order.isGiven = true;
    world.onOrder?.(target);
    const end = await bmc.perform(act, signal);
    const said = end === 'done' ? phrase(recoveryTexts[act].done) : phrase(recoveryNoteTexts.notShown);
    return { target, isDone: end === 'done', said };
  });
  if (!(outcome instanceof BmcError)) return outcome;
  const isLost = order.isGiven && BmcError.is(outcome, 'answer-lost', 'unreachable');
  if (!isLost) return { target, error: outcome };
  return { target, isDone: false, said: phrase(recoveryNoteTexts.lost, { why: outcome.said }) };
}

/** The same for several BMCs, a limited number at a time. */
export async function recoverAll(
  targets: readonly Target[],
  act: RecoveryAct,
  world: RecoveryWorld,
  onOutcome: (outcome: RecoveryOutcome) => void,
): Promise<void> {
  await forEachLimited(targets, bmcsAtATime, async (target) => {
    world.signal.throwIfAborted();
    onOutcome(await recover(target, act, world));
  });
}

export async function lookAtAll(targets: readonly Target[], world: RecoveryWorld): Promise<readonly RecoveryLook[]> {
  const looks = new Map<Target, RecoveryLook>();
  await forEachLimited(targets, bmcsAtATime, async (target) => {
    world.signal.throwIfAborted();
    looks.set(target, await lookForRecovery(target, world));
  });
  return targets.flatMap((target) => looks.get(target) ?? []);
}

function refusalOf(
  target: Target,
  hardware: Parameters<typeof judgeIdentity>[1],
  { identity }: RecoveryWorld,
): Phrase | undefined {
  const verdict = judgeIdentity(target, hardware);
  if (verdict.kind === 'other') return phrase(recoveryNoteTexts.other, { row: verdict.row, bmc: verdict.bmc });
  if (verdict.kind === 'unknown' && identity === 'require') {
    return phrase(recoveryNoteTexts.unknown, { why: verdict.why });
  }
  return undefined;
}
