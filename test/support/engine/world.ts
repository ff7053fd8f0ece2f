import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { planRestart, type Plan, type PlannedNode } from '@omnia-buildstream/core/plan/plan';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { ReportSource } from '@omnia-buildstream/engine/ports/reports';
import type { RestartEvent, RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { nodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';
import { runRestart } from '@omnia-buildstream/engine/restart/runRestart';
import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { WorkOfRun } from '@omnia-buildstream/engine/restart/workGuard';
import { FileStateStore } from '@omnia-buildstream/engine/state/fileStateStore';
import type { ProcessIdentity, ProcessTable } from '@omnia-buildstream/engine/state/processIdentity';
import { FakeFleet, type FakeNodeOptions } from './fakeFleet.ts';
import { MemoryFs } from './memoryFs.ts';
import { VirtualClock } from './virtualClock.ts';

const folder = '/state';

export interface RunOptions {
  readonly imageGroup?: string;
  readonly settings?: Partial<RestartSettings>;
  /** How long ago the plan was made. Undefined if unknown. */
  readonly plannedAgoMs?: number;
  /** Tells what work runs on the nodes, and whose it is. */
  readonly work?: WorkOfRun;
  readonly only?: (node: PlannedNode) => boolean;
  readonly stop?: AbortSignal;
  readonly stopAtOnce?: AbortSignal;
  /** How nodes report. Default: to the engine. */
  readonly reports?: ReportSource;
  readonly onEvent?: (event: RestartEvent) => void;
}

/** One engine process: everything it does ends when `isAlive` becomes false. */
export interface Life {
  isAlive: boolean;
  /** Called at every point where the process may be killed. */
  readonly step: () => void;
}

/** Nodes, state folder and time that outlive the engine processes. */
export class World {
  readonly clock = new VirtualClock();
  readonly fleet = new FakeFleet(this.clock);
  readonly fs = new MemoryFs();
  readonly targets: Target[] = [];
  readonly events: RestartEvent[] = [];
  /** How far the wall clock is ahead for processes that start from now on. */
  wallAheadMs = 0;
  #lastPid = 100;
  readonly #alive = new Set<number>();

  addNode(options: FakeNodeOptions = {}, functionalGroup = 'slurm_node_x86_64'): string {
    const index = this.targets.length;
    const host = `${String(Math.floor((index + 1) / 256))}.${String((index + 1) % 256)}`;
    const bmcIp = `10.6.${host}`;
    const serviceTag = `TAG${String(index)}`;
    this.fleet.add(bmcIp, { hardware: { serviceTag }, ...options });
    const names = { hostname: `cn-${String(index + 1)}`, serviceTag, adminMac: '' };
    const groups = { functionalGroup, groupName: 'grp1' };
    this.targets.push({ bmcIp, adminIp: `10.5.${host}`, ...names, ...groups, line: index + 1 });
    return bmcIp;
  }

  /** Opens the state, plans and runs, as a front end does. Never resolves if the process is killed meanwhile. */
  async run(options: RunOptions = {}, life: Life = { isAlive: true, step: () => undefined }): Promise<RestartSummary> {
    const pid = ++this.#lastPid;
    this.#alive.add(pid);
    const isAlive = (): boolean => life.isAlive;
    const state = await FileStateStore.open({ folder }, this.fs.view(isAlive), this.#processes(pid));
    try {
      const { imageGroup = 'G' } = options;
      const plan = this.plan(state, imageGroup);
      return await runRestart({
        plan,
        nodes: nodesOfRun(plan, state.found.interrupted, options.only),
        jobId: state.found.jobId ?? `job-${imageGroup}`,
        runId: `run-${String(pid)}`,
        plannedMs: options.plannedAgoMs === undefined ? undefined : this.clock.monotonic() - options.plannedAgoMs,
        settings: { ...defaultRestartSettings, ...options.settings },
        state,
        bmc: this.fleet.client(isAlive, life.step),
        reports: options.reports ?? this.fleet.reports(isAlive),
        work: options.work,
        clock: this.#clockOf(isAlive),
        emit: (event) => {
          if (!isAlive()) return;
          this.events.push(event);
          options.onEvent?.(event);
        },
        stop: options.stop ?? new AbortController().signal,
        stopAtOnce: options.stopAtOnce ?? new AbortController().signal,
      });
    } finally {
      await state.close();
      this.#alive.delete(pid);
    }
  }

  /**
   * Runs until the process is killed at that step, or to the end if there are fewer.
   * @returns the number of steps taken
   */
  async runUntil(killAt: number, options: RunOptions = {}, tornUnits = 0): Promise<number> {
    let steps = 0;
    let onKill = (): void => undefined;
    const killed = new Promise<void>((resolve) => (onKill = resolve));
    const life: Life = {
      isAlive: true,
      step: () => {
        if (!life.isAlive || ++steps !== killAt) return;
        this.kill(life);
        onKill();
      },
    };
    this.fs.tornUnits = tornUnits;
    this.fs.disturb = life.step;
    await Promise.race([this.run(options, life), killed]);
    this.fs.disturb = () => undefined;
    return steps;
  }

  /** The last run has ended: the next one is a new run and resumes nothing. */
  hasEnded(): boolean {
    return (this.fs.files.get(`${folder}/restart_journal.ndjson`) ?? '').includes('"type":"end"');
  }

  /**
   * Time as one process sees it: once it is dead, no limit expires and nothing wakes. `wallAheadMs` is fixed for its
   * life.
   */
  #clockOf(isAlive: () => boolean): Clock {
    const aheadMs = this.wallAheadMs;
    return {
      now: () => this.clock.now() + aheadMs,
      monotonic: () => this.clock.monotonic(),
      sleep: async (durationMs, signal) => {
        await this.clock.sleep(durationMs, signal);
        if (!isAlive()) await new Promise(() => undefined);
      },
    };
  }

  plan({ found }: FileStateStore, imageGroup: string): Plan {
    const { restartState, failedNodes } = found;
    return planRestart({ rows: this.targets, failedNodes, restartState, imageGroup, version: '2.2' });
  }

  /** The plan of a folder without any state. */
  planOfNew(imageGroup: string): Plan {
    const restartState = { imageGroup: undefined, updatedAt: undefined, previousInventory: [], bootedNodes: [] };
    return planRestart({ rows: this.targets, failedNodes: noFailedNodes, restartState, imageGroup, version: '2.2' });
  }

  /** Kills all running processes. */
  kill(life: Life): void {
    life.isAlive = false;
    this.#alive.clear();
    this.fleet.forgetWatchers();
  }

  json(name: string): Record<string, unknown> {
    return JSON.parse(this.fs.files.get(`${folder}/${name}`) ?? 'null') as Record<string, unknown>;
  }

  #processes(pid: number): ProcessTable {
    const self: ProcessIdentity = { pid, startTime: String(pid), bootId: 'boot', namespace: 'pid:1', host: 'here' };
    return { self, fateOf: (other) => (this.#alive.has(other.pid) ? 'alive' : 'dead') };
  }
}
