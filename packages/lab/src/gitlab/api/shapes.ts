import { latest, type LabBridge, type LabJob, type LabPipeline } from '../ci/state.ts';
import type { CommitFacts } from '../git/repository.ts';
import type { LabProject } from '../project.ts';

/** Context of a response: web addresses begin with the origin. */
export interface Place {
  readonly origin: string;
  readonly project: LabProject;
}

export function userShape(username: string, origin: string): object {
  return {
    id: 1,
    username,
    name: username === 'root' ? 'Administrator' : username,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `${origin}/${username}`,
  };
}

export function basicPipeline(pipeline: LabPipeline, { origin, project }: Place): Record<string, unknown> {
  return {
    id: pipeline.id,
    iid: pipeline.iid,
    project_id: project.id,
    sha: pipeline.sha,
    ref: pipeline.ref,
    status: pipeline.status,
    source: pipeline.source,
    created_at: pipeline.created.toISOString(),
    updated_at: pipeline.updated.toISOString(),
    web_url: `${origin}/${project.path}/-/pipelines/${String(pipeline.id)}`,
    name: null,
  };
}

export function fullPipeline(pipeline: LabPipeline, place: Place): object {
  const { started, finished, created } = pipeline;
  return {
    ...basicPipeline(pipeline, place),
    before_sha: '0'.repeat(40),
    tag: false,
    yaml_errors: null,
    user: userShape(pipeline.username, place.origin),
    started_at: time(started),
    finished_at: time(finished),
    committed_at: null,
    duration: started !== undefined && finished !== undefined ? seconds(started, finished) : null,
    queued_duration: started === undefined ? null : seconds(created, started),
    coverage: null,
    archived: false,
    detailed_status: detailedStatus(pipeline, place),
  };
}

const statusWords: Readonly<Record<LabPipeline['status'], readonly [text: string, label: string]>> = {
  created: ['Created', 'created'],
  pending: ['Pending', 'pending'],
  running: ['Running', 'running'],
  success: ['Passed', 'passed'],
  failed: ['Failed', 'failed'],
  skipped: ['Skipped', 'skipped'],
  manual: ['Blocked', 'waiting for manual action'],
};

function detailedStatus(pipeline: LabPipeline, { project }: Place): object {
  const isWarning = pipeline.status === 'success' && pipeline.hasWarnings;
  const [text, label] = isWarning ? ['Warning', 'passed with warnings'] : statusWords[pipeline.status];
  const icon = isWarning ? 'status_warning' : `status_${pipeline.status}`;
  return {
    icon,
    text,
    label,
    group: isWarning ? 'success-with-warnings' : pipeline.status,
    tooltip: label,
    has_details: true,
    details_path: `/${project.path}/-/pipelines/${String(pipeline.id)}`,
    illustration: null,
    favicon: `/assets/ci_favicons/favicon_${icon}.png`,
  };
}

export function jobShape(job: LabJob | LabBridge, place: Place, commit: CommitFacts | undefined): object {
  const { pipeline, definition, started, finished, created } = job;
  const { origin, project } = place;
  const common = {
    id: job.id,
    status: job.status,
    stage: definition.stage,
    name: definition.name,
    ref: pipeline.ref,
    tag: false,
    coverage: null,
    allow_failure: definition.allowFailure,
    created_at: created.toISOString(),
    started_at: time(started),
    finished_at: time(finished),
    erased_at: null,
    duration: started === undefined ? null : seconds(started, finished ?? project.clock.now()),
    queued_duration: started === undefined ? null : seconds(created, started),
    user: userShape(job.username, origin),
    commit: commit === undefined ? null : commitShape(commit, place),
    pipeline: basicPipeline(pipeline, place),
    ...(job.failureReason === undefined ? {} : { failure_reason: job.failureReason }),
    web_url: `${origin}/${project.path}/-/jobs/${String(job.id)}`,
    project: { ci_job_token_scope_enabled: false },
  };
  if (job.kind === 'bridge') {
    return { ...common, downstream_pipeline: job.child === undefined ? null : basicPipeline(job.child, place) };
  }
  return {
    ...common,
    artifacts: [{ file_type: 'trace', size: traceBytes(job), filename: 'job.log', file_format: null }],
    artifacts_expire_at: time(job.artifactsExpire),
    tag_list: [],
    runner: null,
    runner_manager: null,
    archived: false,
  };
}

export function commitShape(commit: CommitFacts, { origin, project }: Place): Record<string, unknown> {
  const [title = ''] = commit.message.split('\n');
  return {
    id: commit.id,
    short_id: commit.id.slice(0, 8),
    created_at: commit.date,
    parent_ids: commit.parents,
    title,
    message: commit.message,
    author_name: commit.authorName,
    author_email: commit.authorEmail,
    authored_date: commit.date,
    committer_name: commit.authorName,
    committer_email: commit.authorEmail,
    committed_date: commit.date,
    trailers: {},
    extended_trailers: {},
    web_url: `${origin}/${project.path}/-/commit/${commit.id}`,
  };
}

export function projectShape(project: LabProject, origin: string): object {
  const name = project.path.split('/').at(-1) ?? project.path;
  return {
    id: project.id,
    name,
    name_with_namespace: project.path.replaceAll('/', ' / '),
    path: name,
    path_with_namespace: project.path,
    default_branch: project.defaultBranch,
    visibility: 'private',
    archived: false,
    created_at: project.clock.now().toISOString(),
    http_url_to_repo: `${origin}/${project.path}.git`,
    web_url: `${origin}/${project.path}`,
  };
}

/** Newest tries, or all. */
export function triesOf(pipeline: LabPipeline, withRetried: boolean): (LabJob | LabBridge)[] {
  return withRetried ? [...pipeline.jobs] : latest(pipeline);
}

function traceBytes({ trace }: LabJob): number {
  return trace.reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function time(date: Date | undefined): string | null {
  return date?.toISOString() ?? null;
}

function seconds(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}
