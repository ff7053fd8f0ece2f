import type { LabClock } from '@omnia-buildstream/lab/gitlab/labClock';
import type { OimStageName } from '@omnia-buildstream/lab/oim/stages';
import type { StageOutcome, StageRun, StageWork } from '@omnia-buildstream/lab/oim/stageWork';

export interface Script {
  /** How long an attempt takes. */
  readonly durationMs: number;
  /** An attempt lasts at least until this resolves. */
  readonly until?: Promise<void>;
  /** Outcomes of the attempts, in order; the last one applies to all later attempts. Default: they succeed. */
  readonly outcomes?: readonly StageOutcome[];
}

/** Work with no effects: it takes its time and ends as the script says. */
export class ScriptedWork implements StageWork {
  /** The requested runs, in order. */
  readonly runs: { readonly stage: OimStageName; readonly run: StageRun }[] = [];
  readonly scripts: Record<OimStageName, Script>;
  readonly #clock: LabClock;

  constructor(clock: LabClock, scripts: Partial<Record<OimStageName, Script>> = {}) {
    this.#clock = clock;
    const quick = { durationMs: 0 };
    this.scripts = { deploy: quick, restart: quick, validate: quick, ...scripts };
  }

  deploy(run: StageRun): Promise<StageOutcome> {
    return this.#play('deploy', run);
  }

  restart(run: StageRun): Promise<StageOutcome> {
    return this.#play('restart', run);
  }

  validate(run: StageRun): Promise<StageOutcome> {
    return this.#play('validate', run);
  }

  async #play(stage: OimStageName, run: StageRun): Promise<StageOutcome> {
    this.runs.push({ stage, run });
    const { durationMs, until, outcomes = [] } = this.scripts[stage];
    run.write(`${stage} of ${run.imageGroup.id}, attempt ${String(run.attempt)}`);
    await this.#clock.sleep(durationMs, run.signal);
    await until;
    const number = this.runs.filter((one) => one.stage === stage).length;
    const outcome = outcomes[number - 1] ?? outcomes.at(-1) ?? { succeeded: true, summary: '' };
    run.write(outcome.succeeded ? 'done' : `failed: ${outcome.summary}`);
    return outcome;
  }
}
