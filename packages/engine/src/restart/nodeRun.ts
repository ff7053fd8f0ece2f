import { phrase, together, type Said } from '@omnia-buildstream/core/text/phrase';
import { isIpv4, isIpv6 } from '@omnia-buildstream/core/mapping/addresses';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { BmcError, type BmcConnection, type NetworkBoot, type SystemState } from '../ports/bmc.ts';
import { NotBooted, type Missing, type NodeWatch, type Report } from '../ports/reports.ts';
import { isOfBoot } from '@omnia-buildstream/core/restart/failureKind';
import type { NodeProgress } from '@omnia-buildstream/core/restart/interruptedRun';
import type { ResetIntent } from '@omnia-buildstream/core/restart/journalRecord';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import { noLonger } from '../time/onAbort.ts';
import { BmcSteps } from './bmcSteps.ts';
import type { StageContext } from './context.ts';
import { causeOf, type PowerWord } from './failure.ts';
import { findOut } from './findOut.ts';
import { judgeIdentity } from './identity.ts';
import { lastSeen, NodeFailure, NodeLeft } from './nodeFailure.ts';
import { resetSince } from './reset/resetSince.ts';
import { watchOf, watchOfBegun } from './nodeWatch.ts';
import { refuseEarlierReport } from './reset/earlierReport.ts';
import { showsReset } from './reset/evidence.ts';
import { ResetStep, type ResetOutcome } from './reset/resetStep.ts';
import { resetWay, type ResetWay } from './reset/resetWay.ts';
import type { RestartStep } from './steps.ts';
import { identityTexts, stepTexts as texts } from './stepTexts.ts';
import type { Slot } from '../concurrency/slots.ts';

/** Takes one node through all steps, or continues from where an interrupted run left it. */
export class NodeRun {
  /** How the power was changed, for the message. */
  power: PowerWord = 'Restart OK';
  readonly #context: StageContext;
  readonly #target: Target;
  readonly #connection: BmcConnection;
  readonly #steps: BmcSteps;
  readonly #reset: ResetStep;
  #watch: NodeWatch | undefined;
  /** What to say when no report comes, if more is known than that. */
  #doubt: NodeFailure | undefined;
  /** The reset of which it is unknown whether it was carried out. */
  #inDoubt: ResetIntent | undefined;

  /** `watch`: for a node that may be booting, begun before its turn. */
  constructor(context: StageContext, target: Target, slot: Slot, watch?: NodeWatch) {
    this.#context = context;
    this.#target = target;
    this.#watch = watch;
    this.#connection = context.bmc.connect(target.bmcIp, target);
    this.#steps = new BmcSteps(context, target.bmcIp, this.#connection, slot);
    this.#reset = new ResetStep(context, {
      bmcIp: target.bmcIp,
      connection: this.#connection,
      steps: this.#steps,
      mayReset: () => this.#mayReset(),
    });
  }

  /**
   * Resolves when the node has reported, to its report, which is yet to be confirmed.
   * @throws NodeFailure, NodeLeft, or the signal's reason
   */
  async boot(progress: NodeProgress | undefined): Promise<Report> {
    const abort = new AbortController();
    const signal = AbortSignal.any([this.#context.signal, abort.signal]);
    try {
      const { bmcIp } = this.#target;
      if (!isIpv4(bmcIp) && !isIpv6(bmcIp)) throw new NodeFailure('reach', 'bad-address', '');
      const watch = progress === undefined ? await this.#bootFresh() : await this.#goOn(progress);
      let isReported = false;
      const reported = this.#reported(watch, signal).then((report) => {
        isReported = true;
        return report;
      });
      // Awaited below; until then a failure must not count as unhandled.
      reported.catch(() => undefined);
      await this.#awaitPower(() => isReported);
      await this.#leave();
      this.#steps.say('report', phrase(texts.waiting));
      return await reported;
    } finally {
      abort.abort(noLonger);
      await this.#leave();
    }
  }

  /** Ends the watch; after the report was confirmed. */
  close(): void {
    this.#watch?.close();
  }

  async #bootFresh(): Promise<NodeWatch> {
    const { work, signal } = this.#context;
    if (work?.waits === true) {
      const say = (said: Said): void => {
        this.#steps.say('drain', said);
      };
      await this.#steps.aside(() => work.prepare(this.#target, say), signal);
    }
    await this.#steps.enter();
    return this.#restart();
  }

  /** After a kill: nothing that may have happened is repeated. */
  async #goOn(progress: NodeProgress): Promise<NodeWatch> {
    const watch = (this.#watch ??= watchOfBegun(this.#context, this.#target, progress));
    try {
      await this.#steps.enter();
    } catch (error) {
      if (!(error instanceof NodeFailure)) throw error;
      this.#unconfirmed(error.said);
      return watch;
    }
    if (progress.stage === 'in-doubt') this.#unconfirmed(phrase(texts.journalTellsNothing));
    if (progress.stage !== 'maybe-reset') return watch;
    const { intent } = progress;
    if (intent.kind === 'GracefulShutdown') {
      const { power } = await this.#reset.untilOff((state) => showsReset(intent, state));
      // It was asked to shut down and has not come on again yet.
      if (power === 'Off') return this.#restart();
      watch.oldIsGone();
    } else if (!(await this.#reset.settle(intent))) this.#unconfirmed(phrase(texts.noResponse), intent);
    else if (!isGentle(intent)) watch.oldIsGone();
    return watch;
  }

  async #restart(): Promise<NodeWatch> {
    try {
      const before = await this.#steps.prepare(this.#boot(), async (state, step) => {
        this.#judge(state, step);
        if (step !== 'read') return;
        await this.#refuseOthers(state);
        await this.#mayReset();
      });
      const way = this.#wayOf(before);
      this.power = way[0] === 'On' ? 'On OK' : 'Restart OK';
      const outcome = way.length === 1 ? await this.#reset.send(way[0], before) : await this.#shutDownAndOn(before);
      if (typeof outcome === 'object') this.#unconfirmed(outcome.doubt, outcome.intent);
      // Only now: a report that came before is of an earlier boot. The node is told to try again until then.
      return this.#startWatch(way.at(-1) !== 'On' && outcome !== 'happened');
    } catch (error) {
      if (!(error instanceof NodeFailure || error instanceof NodeLeft)) throw error;
      const end = await this.#steps.takeBack(error);
      throw end instanceof NodeFailure && this.#reset.wasShutDown ? notTurnedOn(end) : end;
    }
  }

  #boot(): NetworkBoot {
    const { lasting, protocol, bootNic } = this.#context.settings;
    const { adminMac } = this.#target;
    return { lasting, protocol, nicMac: bootNic === 'admin-mac' && adminMac !== '' ? adminMac : undefined };
  }

  async #shutDownAndOn(before: SystemState): Promise<ResetOutcome> {
    const off = await this.#reset.shutDown(before);
    try {
      this.#judge(off, 'reset');
      return await this.#reset.send('On', off);
    } catch (error) {
      if (!(error instanceof NodeFailure || error instanceof NodeLeft)) throw error;
      const said = together([error.said, phrase(texts.off)], '; ');
      // Not left untried: it is off now.
      throw error instanceof NodeLeft
        ? new NodeFailure('reset', 'unauthorized', said)
        : new NodeFailure(error.step, error.reason, said);
    }
  }

  /** @throws NodeFailure for a machine that is not the one of the row, and for one that cannot be restarted as asked */
  #judge(state: SystemState, step: RestartStep): void {
    const identity = judgeIdentity(this.#target, state.hardware);
    if (identity.kind === 'other') {
      const { row, bmc } = identity;
      throw new NodeFailure(step, 'wrong-machine', phrase(identityTexts.differs, { row, bmc }));
    }
    if (identity.kind === 'unknown') {
      if (this.#context.settings.identity === 'require') throw new NodeFailure(step, 'identity-unknown', identity.why);
      this.#steps.say(step, phrase(identityTexts.notCompared, { why: identity.why }));
    }
    this.#wayOf(state);
  }

  /** Before anything is set. @throws NodeFailure when somebody else has reset the node since the plan was made */
  async #refuseOthers(state: SystemState): Promise<void> {
    const { plannedMs, clock } = this.#context;
    if (plannedMs === undefined || state.lastResetTime === undefined) return;
    const bmcNowMs = await this.#steps.run('read', (signal) => this.#connection.timeNow(signal));
    if (bmcNowMs === undefined) return;
    const at = resetSince(state, { bmcNowMs, plannedAgoMs: clock.monotonic() - plannedMs });
    if (at !== undefined) throw new NodeFailure('read', 'reset-since-plan', phrase(texts.resetAt, { at }));
  }

  /** @throws NodeLeft when somebody's jobs are running on the node by now */
  async #mayReset(): Promise<void> {
    await this.#context.work?.mayReset(this.#target);
  }

  #wayOf(state: SystemState): ResetWay {
    const way = resetWay(state, this.#context.settings.restart);
    if (way !== undefined) return way;
    const resets = state.resets?.join(', ') ?? '';
    const offered = resets === '' ? phrase(texts.noResets) : phrase(texts.resets, { resets });
    throw new NodeFailure('reset', 'not-gentle', offered);
  }

  /** It is unknown whether the node was reset: its report decides. */
  #unconfirmed(why: Said, intent?: ResetIntent): void {
    this.#inDoubt = intent;
    const isOnce = this.#context.settings.lasting === 'once';
    const left = phrase(isOnce ? texts.maybeNextBoot : texts.maybeEveryBoot);
    this.#doubt = new NodeFailure('reset', 'reset-unconfirmed', together([why, left], '; '));
  }

  #startWatch(wasOn: boolean): NodeWatch {
    this.#watch?.close();
    this.#watch = watchOf(this.#context, this.#target, { wasOn, resetMs: this.#reset.sentMs });
    return this.#watch;
  }

  /** Waits for power. A BMC that is lost now says nothing about the node: then its report decides. */
  async #awaitPower(isReported: () => boolean): Promise<void> {
    if (this.#doubt !== undefined) return;
    const { clock, settings, signal } = this.#context;
    const { limits, polls } = settings;
    const endMs = clock.monotonic() + limits.powerMs;
    this.#steps.say('power', '');
    for (;;) {
      let seen: Said;
      try {
        const { power } = await this.#steps.read(signal);
        if (power === 'On') return;
        seen = phrase(texts.power, { power });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof BmcError || error instanceof DeadlineError)) throw error;
        this.#doubt = new NodeFailure('power', 'contact-lost', error.said);
        if (BmcError.is(error, 'unauthorized', 'login-withheld', 'credentials-refused', 'tls')) return;
        seen = '';
      }
      if (isReported()) return;
      if (clock.monotonic() + polls.powerMs > endMs) {
        if (seen === '') return;
        throw new NodeFailure('power', 'power-not-reached', seen);
      }
      if (seen !== '') this.#doubt = undefined;
      await this.#steps.pause(polls.powerMs, signal);
    }
  }

  async #reported(watch: NodeWatch, signal: AbortSignal): Promise<Report> {
    const { clock, settings } = this.#context;
    try {
      const report = await withDeadline(clock, settings.limits.reportMs, signal, (inner) => watch.reported(inner));
      const [doubt, intent] = [this.#doubt, this.#inDoubt];
      if (doubt !== undefined && intent !== undefined) {
        await refuseEarlierReport(this.#context, this.#target, { doubt, intent });
      }
      return report;
    } catch (error) {
      if (error instanceof NotBooted) throw new NodeFailure('report', error.reason, error.said);
      if (!(error instanceof DeadlineError)) throw error;
      throw await this.#notReported(watch.missing);
    }
  }

  /** The time for the report is over: what is known about the node by then, and what its BMC reports about it now. */
  async #notReported(missing: Missing | undefined): Promise<NodeFailure> {
    const { sentMs } = this.#reset;
    const sinceMs = sentMs === undefined ? undefined : this.#context.clock.monotonic() - sentMs;
    const why = await findOut(this.#context, this.#target, sinceMs);
    const { step, reason, said } = this.#withoutReport(missing);
    return new NodeFailure(step, reason, together([said, why], '; '));
  }

  #withoutReport(missing: Missing | undefined): NodeFailure {
    const seen = together([this.#steps.lastSeen, missing?.detail ?? ''], '; ');
    const doubt = this.#doubt;
    if (doubt !== undefined) {
      return missing === undefined
        ? doubt
        : new NodeFailure(doubt.step, doubt.reason, together([doubt.said, missing.detail], '; '));
    }
    return new NodeFailure('report', missing?.failure ?? 'no-report', lastSeen(seen));
  }

  /** Ends the session and frees the place; waiting for the report needs neither. */
  async #leave(): Promise<void> {
    await this.#connection.close();
    this.#steps.release();
  }
}

/** Whatever keeps a node from being turned on after it was shut down: it does not boot. The cause is in the detail. */
function notTurnedOn(failure: NodeFailure): NodeFailure {
  const { step, reason, said } = failure;
  return isOfBoot(reason) ? failure : new NodeFailure(step, 'power-not-reached', causeOf(reason, said));
}

function isGentle({ kind }: ResetIntent): boolean {
  return kind === 'GracefulRestart';
}
