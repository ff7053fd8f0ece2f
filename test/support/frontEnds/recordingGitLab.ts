import type { CallOptions } from '@omnia-buildstream/gitlab/http/requester';
import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import type { NewCommit } from '@omnia-buildstream/gitlab/api/files';
import type { NotePlace } from '@omnia-buildstream/gitlab/api/notes';
import type { NewPipeline, PipelineFilter } from '@omnia-buildstream/gitlab/api/pipelines';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import type { Project } from '@omnia-buildstream/gitlab/model/identity';
import { bridge, deployAnswers, job as jobText, pipeline } from '../gitlabModel.ts';

type Files = Readonly<Record<string, string | undefined>>;

/** An Omnia project on a GitLab server, as far as it determines which nodes a run touches. */
export interface GitLabSituation {
  /** Files on the default branch, which is also the branch of the run. */
  readonly files: Files;
  /** The files before the failed nodes list was written. Undefined if there is no such commit. */
  readonly before: Files | undefined;
  /** Log of the job that selected the image. */
  readonly log: string;
  /** Status of the child pipeline that deploys. */
  readonly childStatus: string;
  readonly childJobs: readonly string[];
  /** A cadence runs at the same time. */
  readonly cadence?: boolean;
  /** Number of newer pipelines that wait for someone and about which nothing else is known. */
  readonly waiting?: number;
  /** When the deploy of the run began, in milliseconds since 1970. Undefined if GitLab does not report it. */
  readonly deployedMs?: number;
  /** GitLab's answer to every retry. */
  readonly retryError?: GitLabError;
  /** Other pipelines that deploy, as far as GitLab lists them. */
  readonly others?: readonly OtherDeploy[];
}

interface OtherDeploy {
  readonly id: number;
  /** When its deploy began, in milliseconds since 1970. */
  readonly deployedMs: number;
  /** Undefined for a cadence, which selects none. */
  readonly imageGroup: string | undefined;
  /** Whether it is a top-level pipeline rather than a child. */
  readonly isRoot?: boolean;
  /** GitLab lists it but does not show its jobs. */
  readonly isHidden?: boolean;
  /** Attempts of its deploy, newest first. Default: a single successful one. */
  readonly tries?: readonly DeployTry[];
}

/** A job of stage deploy as GitLab lists it. Times are in milliseconds since 1970. */
interface DeployTry {
  readonly status: string;
  readonly startedMs?: number;
  readonly finishedMs?: number;
}

const cadenceId = 50;
const waitingId = 1000;

/** A GitLab server that follows the real rules and records the orders it receives. */
export class RecordingGitLab {
  readonly project = { id: 1, path: 'root/omnia', defaultBranch: 'main' } as Project;
  readonly orders: string[] = [];
  /** A test may replace it between two requests. */
  situation: GitLabSituation;
  /** Another person's action after a commit was made and before it is read back. */
  afterCommit: () => void = () => undefined;

  constructor(situation: GitLabSituation) {
    this.situation = situation;
  }

  get client(): GitLabClient {
    const { pipelines, jobs, files, identity, notes } = this;
    return { pipelines, jobs, files, identity, notes } as unknown as GitLabClient;
  }

  readonly #order = <T>(text: string, answer: T): Promise<T> => {
    this.orders.push(text);
    return Promise.resolve(answer);
  };

  readonly notes = {
    list: () => Promise.resolve([]),
    create: ({ iid }: NotePlace, body: string) => this.#order(`note on !${String(iid)}`, { id: 7, body, author: 'u' }),
  };

  readonly identity = { user: () => Promise.resolve({ username: 'u' }) };

  readonly files = {
    commit: (_project: number, { files }: NewCommit) => {
      const now = this.situation.files;
      if (files.some(({ path, lastCommitId }) => versionOf(now[path]) !== lastCommitId))
        return Promise.reject(new GitLabError('conflict', { method: 'POST', path: 'commits', effect: 'none' }));
      const texts = files.map(({ path, content }) => [path, Buffer.from(content).toString()] as const);
      this.situation = { ...this.situation, files: { ...now, ...Object.fromEntries(texts) } };
      this.afterCommit();
      return this.#order(texts.map(([path, text]) => `commit ${path}\n${text}`).join('\n'), { id: 'made', title: '' });
    },
    show: (_project: number, path: string, ref: string) => {
      const text = (ref === 'before' ? this.situation.before : this.situation.files)?.[path];
      if (text === undefined)
        return Promise.reject(new GitLabError('not-found', { method: 'GET', path, effect: 'none' }));
      return Promise.resolve({
        path,
        content: Buffer.from(text),
        commitId: 'c',
        blobId: 'b',
        lastCommitId: versionOf(text),
      });
    },
    commits: () => {
      const { before } = this.situation;
      return Promise.resolve(before === undefined ? [] : [{ id: 'before', createdMs: 0 }]);
    },
    changedPaths: () => Promise.resolve([]),
  };

  readonly pipelines = {
    show: (_project: number, id: number) => Promise.resolve(this.#answers(id).pipeline),
    list: (_project: number, { source, updatedAfter, perPage = 20 }: PipelineFilter) => {
      const { cadence, waiting = 0, others = [] } = this.situation;
      const waits = Array.from({ length: waiting }, (_, index) => pipeline(waitingId + waiting - index, 'manual'));
      const changed = others
        .filter(({ isRoot = false }) => isRoot === (source === undefined))
        .map(({ id, deployedMs }) => ({ ...pipeline(id, 'success'), updatedMs: deployedMs + 1 }))
        .filter(({ updatedMs }) => updatedAfter !== undefined && updatedMs > updatedAfter.getTime());
      const runs = cadence === true ? [this.#answers(cadenceId).pipeline] : [];
      return Promise.resolve({ pipelines: [...waits, ...runs, ...changed].slice(0, perPage), nextPage: undefined });
    },
    create: (_project: number, { ref, variables = {} }: NewPipeline) =>
      this.#order(`start ${ref} ${JSON.stringify(variables)}`, pipeline(90, 'created')),
    retry: (_project: number, id: number) => this.#retry(`retry pipeline ${String(id)}`, this.#answers(id).pipeline),
  };

  readonly jobs = {
    listOfPipeline: (_project: number, id: number) => {
      const other = this.situation.others?.find((one) => one.id === id);
      if (other === undefined) return Promise.resolve(this.#answers(id).jobs.map(this.#withTime));
      if (other.isHidden === true)
        return Promise.reject(new GitLabError('scope-missing', { method: 'GET', path: 'jobs', effect: 'none' }));
      const { deployedMs: startedMs, imageGroup } = other;
      const chosen = imageGroup === undefined ? [] : [jobText(900, `${imageGroup}@select_image:success`, id)];
      const { tries = [{ status: 'success', startedMs }] } = other;
      const deploys = tries.map((one, index) => ({ ...jobText(990 - index, `deploy:${one.status}`, id), ...one }));
      return Promise.resolve([...chosen, ...deploys]);
    },
    bridges: (_project: number, id: number) => Promise.resolve(this.#answers(id).bridges),
    trace: (_project: number, _job: number, _call: CallOptions) =>
      Promise.resolve({ lengthBytes: undefined, chunks: [Buffer.from(this.situation.log)], discard: () => undefined }),
    play: (_project: number, id: number) => this.#order(`play job ${String(id)}`, jobText(id, 'deploy:pending', 3)),
    retryBridge: (_project: number, id: number) =>
      this.#order(`retry bridge ${String(id)}`, bridge(id, 'child@trigger_deploy:pending', 2, undefined)),
    retry: (_project: number, id: number) =>
      this.#order(`retry job ${String(id)}`, jobText(id + 100, 'restart:pending', 3)),
  };

  #retry<T>(text: string, answer: T): Promise<T> {
    const { retryError } = this.situation;
    return retryError === undefined ? this.#order(text, answer) : Promise.reject(retryError);
  }

  readonly #withTime = (job: Job): Job =>
    job.name === 'deploy' ? { ...job, startedMs: this.situation.deployedMs } : job;

  #answers(id: number) {
    if (id === cadenceId) {
      const child = pipeline(cadenceId + 1, 'running');
      return { pipeline: pipeline(id, 'running'), jobs: [], bridges: [bridge(500, 'cadence@s:running', id, child)] };
    }
    if (id > waitingId) return { pipeline: pipeline(id, 'manual'), jobs: [], bridges: [] };
    if (id === cadenceId + 1) return { pipeline: pipeline(id, 'running'), jobs: [], bridges: [] };
    const { childStatus, childJobs } = this.situation;
    const found = deployAnswers(childStatus, childJobs).get(id);
    if (found === undefined) throw new Error(`There is no pipeline ${String(id)}`);
    return found;
  }
}

/** A different text has a different version. Undefined if there is no such file. */
function versionOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `version of ${text}`;
}
