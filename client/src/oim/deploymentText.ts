import {
  blocks,
  bullets,
  code,
  joined,
  md,
  table,
  type Markdown,
  type MarkdownPart,
} from '@omnia-buildstream/core/text/markdown';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { stageNamed, type OimJob, type OimStage } from '@omnia-buildstream/oim/model/job';
import { logFileOf, reportPathOf, testsOf } from '@omnia-buildstream/oim/stage/words';

/** What the API reported about a deployment. */
export interface Deployment {
  /** Host of the API. */
  readonly api: string;
  readonly health: string;
  /** When the API was asked, in milliseconds since the epoch. */
  readonly at: number;
  /** All image groups of the API. */
  readonly groups: readonly ImageGroup[];
  /** The image group that is shown, and its job. Undefined if the API has no image groups. */
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
  readonly updated: string;
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

/** A label and its value. */
type Fact = readonly [string, MarkdownPart];

/** The deployment as Markdown. Texts from the API are escaped, so that they are never rendered as Markdown. */
export function deploymentText(deployment: Deployment, words: DeploymentWords): string {
  const { api, health, at, groups, shown } = deployment;
  const head = [
    md`# ${words.title}`,
    facts([
      [words.health, md`${code(api)}: **${health}**`],
      [words.at, timeText(at)],
      ...(shown === undefined ? [] : groupFacts(shown, words)),
    ]),
    md`_${words.refresh}_`,
  ];
  if (shown === undefined) return text([...head, words.noGroups]);
  const { group, job } = shown;
  return text([
    ...head,
    ...(job === undefined ? [words.noJob] : jobBlocks(job, words)),
    md`## ${words.images}`,
    table(
      [words.role, words.image],
      group.images.map(({ role, name }) => [code(role), code(name)]),
    ),
    md`## ${words.allGroups}`,
    table(
      [words.imageGroup, words.state, words.job],
      groups.map(({ id, status, jobId = '' }) => [code(id), status, code(jobId)]),
    ),
  ]);
}

function groupFacts({ group, job }: NonNullable<Deployment['shown']>, words: DeploymentWords): readonly Fact[] {
  const facts: Fact[] = [[words.imageGroup, md`${code(group.id)}: **${group.status}**`]];
  if (job === undefined) return facts;
  facts.push([words.job, md`${code(job.id)}: **${job.state}**`]);
  if (job.createdAt !== undefined) facts.push([words.created, timeText(job.createdAt)]);
  if (job.updatedAt !== undefined) facts.push([words.updated, timeText(job.updatedAt)]);
  return facts;
}

function jobBlocks(job: OimJob, words: DeploymentWords): MarkdownPart[] {
  const rows = job.stages.map((stage) => [
    stage.name,
    stage.state,
    stage.attempt === undefined ? '' : String(stage.attempt),
    timeText(stage.startedAt),
    timeText(stage.endedAt),
    code(logFileOf(stage) ?? ''),
  ]);
  const problems = job.stages.filter(({ errorCode, errorSummary }) => (errorCode ?? errorSummary) !== undefined);
  return [
    md`## ${words.stages}`,
    table([words.stage, words.state, words.attempt, words.started, words.ended, words.log], rows),
    ...(problems.length === 0 ? [] : [md`## ${words.problems}`, facts(problems.map(problemOf))]),
    md`## ${words.validation}`,
    validationText(stageNamed(job, 'validate'), words),
  ];
}

function problemOf({ name, errorCode, errorSummary }: OimStage): Fact {
  const said = [errorCode, errorSummary].filter((part) => part !== undefined);
  return [name, joined(said, ': ')];
}

function validationText(stage: OimStage | undefined, words: DeploymentWords): MarkdownPart {
  const tests = stage === undefined ? undefined : testsOf(stage);
  const report = stage === undefined ? undefined : reportPathOf(stage);
  const counts: Fact[] =
    tests === undefined
      ? []
      : [
          [words.passed, `${String(tests.passed)} / ${String(tests.total)}`],
          [words.failed, String(tests.failed)],
          [words.errors, String(tests.errors)],
          [words.skipped, String(tests.skipped)],
        ];
  const known = [...counts, ...(report === undefined ? [] : [[words.report, code(report)] as const])];
  return known.length === 0 ? words.notValidated : facts(known);
}

function facts(list: readonly Fact[]): Markdown {
  return bullets(list.map(([name, value]) => md`${name}: ${value}`));
}

function timeText(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
}

function text(parts: readonly MarkdownPart[]): string {
  return `${String(blocks(parts))}\n`;
}
