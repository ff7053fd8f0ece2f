import { escapeMarkdown, inlineCode } from '@omnia-buildstream/core/text/markdown';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { stageNamed, type OimJob, type OimStage } from '@omnia-buildstream/oim/model/job';
import { logFileOf, reportPathOf, testsOf } from '@omnia-buildstream/oim/stage/words';

/** What the API told of a deployment. */
export interface Deployment {
  /** Host of the API. */
  readonly api: string;
  readonly health: string;
  /** When it was asked, milliseconds since the epoch. */
  readonly at: number;
  /** All of the API. */
  readonly groups: readonly ImageGroup[];
  /** Undefined: the API has no image groups. */
  readonly shown: { readonly group: ImageGroup; readonly job: OimJob | undefined } | undefined;
}

/** Labels in the user's language. */
export interface DeploymentWords {
  readonly title: string;
  readonly health: string;
  readonly at: string;
  readonly refresh: string;
  readonly imageGroup: string;
  readonly noGroups: string;
  readonly job: string;
  readonly noJob: string;
  readonly created: string;
  readonly stages: string;
  readonly stage: string;
  readonly state: string;
  readonly attempt: string;
  readonly started: string;
  readonly ended: string;
  readonly log: string;
  readonly problems: string;
  readonly images: string;
  readonly role: string;
  readonly image: string;
  readonly validation: string;
  readonly notValidated: string;
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
  readonly errors: string;
  readonly report: string;
  readonly allGroups: string;
}

/** The deployment as Markdown. Texts of the API are shown as they are and never as Markdown of theirs. */
export function deploymentText(deployment: Deployment, words: DeploymentWords): string {
  const { api, health, at, groups, shown } = deployment;
  const head = [
    `# ${words.title}`,
    bullets([
      [words.health, `${inlineCode(api)}: **${escapeMarkdown(health)}**`],
      [words.at, timeText(at)],
      ...(shown === undefined ? [] : groupFacts(shown, words)),
    ]),
    `_${words.refresh}_`,
  ];
  if (shown === undefined) return join([...head, words.noGroups]);
  const { group, job } = shown;
  return join([
    ...head,
    ...(job === undefined ? [words.noJob] : jobBlocks(job, words)),
    `## ${words.images}`,
    table(
      [words.role, words.image],
      group.images.map(({ role, name }) => [inlineCode(role), inlineCode(name)]),
    ),
    `## ${words.allGroups}`,
    table(
      [words.imageGroup, words.state, words.job],
      groups.map(({ id, status, jobId = '' }) => [inlineCode(id), escapeMarkdown(status), inlineCode(jobId)]),
    ),
  ]);
}

function groupFacts(
  { group, job }: NonNullable<Deployment['shown']>,
  words: DeploymentWords,
): readonly (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [
    [words.imageGroup, `${inlineCode(group.id)}: **${escapeMarkdown(group.status)}**`],
  ];
  if (job === undefined) return facts;
  facts.push([words.job, `${inlineCode(job.id)}: **${escapeMarkdown(job.state)}**`]);
  if (job.createdAt !== undefined) facts.push([words.created, timeText(job.createdAt)]);
  return facts;
}

function jobBlocks(job: OimJob, words: DeploymentWords): string[] {
  const rows = job.stages.map((stage) => [
    escapeMarkdown(stage.name),
    escapeMarkdown(stage.state),
    stage.attempt === undefined ? '' : String(stage.attempt),
    timeText(stage.startedAt),
    timeText(stage.endedAt),
    inlineCode(logFileOf(stage) ?? ''),
  ]);
  const problems = job.stages.filter(({ errorCode, errorSummary }) => (errorCode ?? errorSummary) !== undefined);
  return [
    `## ${words.stages}`,
    table([words.stage, words.state, words.attempt, words.started, words.ended, words.log], rows),
    ...(problems.length === 0 ? [] : [`## ${words.problems}`, bullets(problems.map(problemOf))]),
    `## ${words.validation}`,
    validationText(stageNamed(job, 'validate'), words),
  ];
}

function problemOf({ name, errorCode, errorSummary }: OimStage): readonly [string, string] {
  const said = [errorCode, errorSummary].filter((part) => part !== undefined).map(escapeMarkdown);
  return [escapeMarkdown(name), said.join(': ')];
}

function validationText(stage: OimStage | undefined, words: DeploymentWords): string {
  const tests = stage === undefined ? undefined : testsOf(stage);
  const report = stage === undefined ? undefined : reportPathOf(stage);
  const counts: (readonly [string, string])[] =
    tests === undefined
      ? []
      : [
          [words.passed, `${String(tests.passed)} / ${String(tests.total)}`],
          [words.failed, String(tests.failed)],
          [words.errors, String(tests.errors)],
          [words.skipped, String(tests.skipped)],
        ];
  const facts = [...counts, ...(report === undefined ? [] : [[words.report, inlineCode(report)] as const])];
  return facts.length === 0 ? words.notValidated : bullets(facts);
}

function bullets(facts: readonly (readonly [string, string])[]): string {
  return facts.map(([name, value]) => `- ${name}: ${value}`).join('\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
}

function join(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
