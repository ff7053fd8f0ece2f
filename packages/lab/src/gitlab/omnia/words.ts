import type { JobContext } from '../ci/handler.ts';
import type { OmniaLayout } from './layout.ts';

const wide = '='.repeat(60);
const thin = `  ${'-'.repeat(60)}`;

export type StageName = 'deploy' | 'restart' | 'validate';

/** The state of a stage, as the jobs query it. */
export interface StageReport {
  readonly jobState: string;
  readonly state: string;
  readonly attempt: number;
  readonly errorCode: string | undefined;
  readonly errorSummary: string | undefined;
  readonly logFile: string | undefined;
}

/** What the scripts of Omnia's jobs print: requests and outcomes, nothing from the playbook (omnia.md section 8). */
export class JobWords {
  readonly #job: Pick<JobContext, 'write'>;
  readonly #layout: OmniaLayout;

  constructor(job: Pick<JobContext, 'write'>, layout: OmniaLayout) {
    this.#job = job;
    this.#layout = layout;
  }

  line(text = ''): void {
    this.#job.write(`${text}\n`);
  }

  title(text: string): void {
    for (const line of [wide, `  ${text}`, wide]) this.line(line);
  }

  facts(facts: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(facts)) this.line(`  ${`${name}:`.padEnd(15)} ${value}`);
    this.line();
  }

  step(text: string): void {
    this.line(`  ${text}`);
    this.line(thin);
  }

  poll(number: number, stage: StageName, { jobState, state }: Pick<StageReport, 'jobState' | 'state'>): void {
    this.line(`  [Poll ${String(number)}/300] Job: ${jobState} | ${capital(stage)}: ${state}`);
  }

  failure(stage: StageName, report: StageReport): void {
    this.line();
    this.line(`  ERROR: ${capital(stage)} stage reached ${report.state}`);
    this.line(thin);
    this.#cell('Error Code:', report.errorCode ?? 'N/A');
    this.#cell('Error Summary:', report.errorSummary ?? 'N/A');
    if (this.#layout.tellsAttempt) {
      this.#cell('Stage:', stage);
      this.#cell('Stage State:', report.state);
      this.#cell('Attempt:', String(report.attempt));
    }
    this.#cell('Log File Path:', report.logFile ?? 'N/A');
    this.line(thin);
  }

  result(stage: StageName, jobId: string, imageGroup: string, { jobState, state }: StageReport): void {
    this.line();
    this.title(`${capital(stage)} Stage Result:`);
    this.#cell('Job ID:', jobId);
    this.#cell('Image Group ID:', imageGroup);
    this.#cell(`${capital(stage)} State:`, state);
    this.#cell('Job State:', jobState);
  }

  #cell(name: string, value: string): void {
    this.line(`  ${name.padEnd(22)} ${value}`);
  }
}

export function capital(stage: StageName): string {
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
}
