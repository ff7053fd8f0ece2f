import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { mapTexts, phrase, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Plan } from '@omnia-buildstream/core/plan/plan';
import type { BmcClient } from '../ports/bmc.ts';
import type { Clock } from '../ports/clock.ts';
import type { NodeWatch, ReportSource } from '../ports/reports.ts';
import type { StateStore } from '../ports/stateStore.ts';
import type { NodeResult } from '@omnia-buildstream/core/restart/journalRecord';
import { omniaTime } from '../state/stateFiles.ts';
import { timeOf, type StageContext } from './context.ts';
import type { RestartEvent, RestartSummary, StopReason } from './events.ts';
import { type FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { adviceFor, failureMessage, successMessage } from './failure.ts';
import { Ledger } from './ledger.ts';
import { endOf, NodeLeft } from './nodeFailure.ts';
import { NodeRun } from './nodeRun.ts';
import { startNodes, type NodeEnd } from './nodeStarts.ts';
import type { NodeOfRun } from './canaryOfRun.ts';
import { finishedTargets, type NodesOfRun } from './nodesOfRun.ts';
import { FailureLimits } from './failureLimits.ts';
import type { RestartSettings } from './settings.ts';
import { Slots, type Slot } from '../concurrency/slots.ts';
import { StaggerGate } from './staggerGate.ts';
import { StateWriter } from './stateWriter.ts';
import { guardOf } from './guardOf.ts';
import { stoppedBefore } from './stoppedBefore.ts';
import type { WorkOfRun } from './workGuard.ts';
import type { RestartStep } from './steps.ts';
import { stopTexts } from './stepTexts.ts';
import { onAbort } from '../time/onAbort.ts';

export interface RestartInput {
  readonly plan: Plan;
  /** Of `nodesOfRun`, as it was shown and confirmed. */
  readonly nodes: NodesOfRun;
  /** Job for a new run; a resumed one keeps its own. */
  readonly jobId: string;
  /** Name of this run in the journal. */
  readonly runId: string;
  /** When the plan was made, on the monotonic clock; absent: resets by others since then are not looked for. */
  readonly plannedMs?: number | undefined;
  /** Stamp of Omnia's list of failed nodes that the plan saw; absent: there is no project. */
  readonly afterList?: string | undefined;
  readonly settings: RestartSettings;
  readonly state: StateStore;
  readonly bmc: BmcClient;
  readonly reports: ReportSource;
  /** Undefined: nobody is asked whether jobs are running on a node. */
  readonly work?: WorkOfRun | undefined;
  readonly clock: Clock;
  readonly emit: (event: RestartEvent) => void;
  /** Aborts: no new node is started, those in flight are finished. */
  readonly stop: AbortSignal;
  /** Aborts: everything ends at once; the next run resumes from the journal. */
  readonly stopAtOnce: AbortSignal;
}

/**
 * Runs the restart stage for the given nodes. Resolves when every node is finished or left; a node that fails is data.
 * @throws StateError when the state cannot be kept: then everything stops, because nothing may be reset that the next
 * run would not know about
 */
export async function runRestart(input: RestartInput): Promise<RestartSummary> {
  return new RestartStage(input).run();
}

class RestartStage {
  readonly #input: RestartInput;
  readonly #context: StageContext;
  readonly #ledger: Ledger;
  readonly #writer: StateWriter;
  readonly #failureLimits: FailureLimits;
  readonly #drain = new AbortController();
  readonly #abort = new AbortController();
  readonly #startMs: number;
  #stopped: StopReason | undefined;
  /** A node was left in the middle, so the run has no end yet. */
  #isUnfinished = false;
  /** Hostnames of nodes that were left because of the work on them. */
  readonly #busy: string[] = [];

  constructor(input: RestartInput) {
    const { clock, bmc, reports, settings, state, emit, nodes, plan } = input;
    this.#input = input;
    this.#startMs = clock.monotonic();
    this.#ledger = new Ledger(plan, this.#jobId, nodes.finished);
    this.#failureLimits = FailureLimits.after(settings.rollout, nodes);
    this.#writer = new StateWriter(
      state,
      clock,
      () => this.#ledger.files(omniaTime(clock.now())),
      (error) => {
        this.#abort.abort(error);
      },
    );
    this.#context = {
      clock,
      bmc,
      reports,
      settings,
      emit,
      slots: new Slots(settings.concurrency),
      gate: new StaggerGate(clock, settings.stagger),
      work: guardOf(input, { signal: this.#abort.signal, stop: this.#drain.signal }),
      everyBoot: new Set(),
      plannedMs: input.plannedMs,
      signal: this.#abort.signal,
      append: async (record) => {
        this.#abort.signal.throwIfAborted();
        await state.append(record).catch((error: unknown) => {
          this.#abort.abort(error);
          throw error;
        });
      },
    };
  }

  get #jobId(): string {
    return this.#input.nodes.resumed?.jobId ?? this.#input.jobId;
  }

  async run(): Promise<RestartSummary> {
    const { stop, stopAtOnce } = this.#input;
    const onStop = (): void => {
      this.#stop('asked', phrase(stopTexts.asked));
    };
    const onStopAtOnce = (): void => {
      this.#abort.abort(stoppedAtOnce);
    };
    const unlisten = [onAbort(stop, onStop), onAbort(stopAtOnce, onStopAtOnce)];
    try {
      if (stopAtOnce.aborted) onStopAtOnce();
      else if (stop.aborted) onStop();
      return await this.#stage();
    } finally {
      for (const end of unlisten) end();
    }
  }

  async #stage(): Promise<RestartSummary> {
    const { state, plan, nodes, runId, clock, afterList } = this.#input;
    const { resumed } = nodes;
    const { imageGroup } = plan;
    await state.hold();
    // The files first: if the journal can no longer be replaced, it still describes them.
    await state.write(this.#ledger.files(omniaTime(clock.now())));
    if (resumed === undefined) {
      await state.begin({ type: 'begin', at: timeOf(clock), run: runId, jobId: this.#jobId, imageGroup, afterList });
    }
    const finishedBefore = nodes.finished.length;
    const total = nodes.nodes.length + finishedBefore;
    const about = { imageGroup, jobId: this.#jobId, total, finishedBefore, resumed: resumed !== undefined };
    this.#emit({ type: 'stage-started', at: timeOf(clock), stage: 'restart', ...about });
    await this.#startNodes();
    const { signal } = this.#abort;
    if (signal.aborted && signal.reason !== stoppedAtOnce) {
      await this.#writer.abandon();
      throw signal.reason;
    }
    await this.#writer.finish();
    if (!signal.aborted && !this.#isUnfinished) await state.append({ type: 'end', at: timeOf(clock) });
    const { booted, failed } = this.#ledger;
    const summary: RestartSummary = {
      booted,
      failed,
      notTried: total - booted - failed,
      stopped: signal.aborted ? 'at-once' : this.#stopped,
      everyBoot: this.#everyBoot(),
      busy: this.#busy,
      drained: this.#context.work?.drained ?? [],
      durationMs: Math.round(clock.monotonic() - this.#startMs),
    };
    this.#emit({ type: 'stage-finished', at: timeOf(clock), stage: 'restart', ...summary });
    return summary;
  }

  /** Nodes that an interrupted run had begun may have it as well. */
  #everyBoot(): readonly string[] {
    const { everyBoot, settings } = this.#context;
    const isMaybe = settings.lasting === 'continuous';
    return this.#input.nodes.nodes.flatMap(({ planned: { target }, progress }) => {
      return everyBoot.has(target.bmcIp) || (isMaybe && progress !== undefined) ? [target.hostname] : [];
    });
  }

  async #startNodes(): Promise<void> {
    const { plan, nodes, settings } = this.#input;
    await startNodes({
      context: this.#context,
      nodes: nodes.nodes,
      finishedBefore: finishedTargets(plan, nodes),
      stoppedBefore: stoppedBefore(plan, nodes, settings),
      stop: AbortSignal.any([this.#drain.signal, this.#abort.signal]),
      run: (node, slot, watch) => this.#runNode(node, slot, watch),
      notBegun: ({ progress }) => {
        if (progress !== undefined) this.#isUnfinished = true;
      },
      stopRun: ({ reason, said }) => {
        this.#stop(reason, said);
      },
    });
  }

  async #runNode({ planned, progress }: NodeOfRun, slot: Slot, watch: NodeWatch | undefined): Promise<NodeEnd> {
    const { clock, signal } = this.#context;
    const { bmcIp, hostname } = planned.target;
    const startMs = clock.monotonic();
    const run = new NodeRun(this.#context, planned.target, slot, watch);
    this.#emit({ type: 'node-started', at: timeOf(clock), bmcIp, hostname });
    try {
      const report = await run.boot(progress);
      await this.#finish(planned.target, startMs, { said: successMessage(run.power) });
      report.confirm();
      await this.#context.work?.giveBack(planned.target);
      return 'reported';
    } catch (error) {
      if (signal.aborted) return 'left';
      if (error instanceof NodeLeft) {
        if (progress !== undefined) this.#isUnfinished = true;
        const { message: detail, reason, said } = error;
        this.#emit({ type: 'node-left', at: timeOf(clock), bmcIp, hostname, reason, detail, said });
        if (reason === 'busy') this.#busy.push(hostname);
        else this.#stop(reason, said);
        await this.#context.work?.giveBack(planned.target).catch(() => undefined);
        return 'left';
      }
      const { step, reason, detail } = endOf(error);
      const said = failureMessage(reason, { bmcIp, power: run.power, detail });
      await this.#finish(planned.target, startMs, { said, step, failure: reason }).catch(() => undefined);
      this.#count(reason);
      return reason;
    } finally {
      run.close();
    }
  }

  async #finish(
    { bmcIp, hostname, serviceTag }: { readonly bmcIp: string; readonly hostname: string; readonly serviceTag: string },
    startMs: number,
    { said, step, failure }: { said: Said; step?: RestartStep | undefined; failure?: FailureKind },
  ): Promise<void> {
    const { clock, append } = this.#context;
    const at = timeOf(clock);
    const clean = mapTexts(said, (text) => secretsInUse.clean(text));
    const message = secretsInUse.clean(wordsOf(clean));
    const result: NodeResult = {
      type: 'result',
      at: omniaTime(clock.now()),
      bmcIp,
      hostname,
      serviceTag,
      failure,
      message,
    };
    await append(result);
    this.#ledger.add(result);
    this.#writer.schedule();
    const advice = failure === undefined ? '' : adviceFor(failure);
    const durationMs = Math.round(clock.monotonic() - startMs);
    const status = failure === undefined ? 'success' : 'failed';
    this.#emit({
      type: 'node-finished',
      at,
      bmcIp,
      hostname,
      status,
      step,
      failure,
      message,
      advice,
      durationMs,
      said: clean,
    });
  }

  #count(failure: FailureKind): void {
    this.#failureLimits.add(failure);
    const { exceeded } = this.#failureLimits;
    if (exceeded !== undefined) this.#stop(exceeded, this.#failureLimits.counts);
  }

  #stop(reason: StopReason, said: Said): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = reason;
    this.#emit({ type: 'stage-stopping', at: timeOf(this.#context.clock), reason, detail: wordsOf(said), said });
    this.#drain.abort();
  }

  #emit(event: RestartEvent): void {
    this.#input.emit(event);
  }
}

/** The reason of the signal when everything ends because somebody asked for it. */
const stoppedAtOnce = new DOMException('stopped at once', 'AbortError');
