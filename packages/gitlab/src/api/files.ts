import { Commits, Repositories, RepositoryFiles } from '@gitbeaker/rest';
import type { CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import { readCommit, type Commit } from '../model/commit.ts';
import { readRepositoryFile, type RepositoryFile } from '../model/file.ts';
import { listOf, objectOf, text } from '../model/value.ts';
import { readAnswer, resourceOptions } from './context.ts';

export interface FileUpdate {
  readonly path: string;
  readonly content: Uint8Array;
  /** From the response that was edited. Undefined only for a new file. */
  readonly lastCommitId: string | undefined;
}

export interface NewCommit {
  readonly branch: string;
  readonly message: string;
  readonly files: readonly FileUpdate[];
}

/** GitLab's repository API. @throws GitLabError from each method */
export class FileApi {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async show(projectId: number, path: string, ref: string, call: CallOptions): Promise<RepositoryFile> {
    const answer: unknown = await new RepositoryFiles(this.#options(call)).show(projectId, path, ref);
    const request = { method: 'GET', path: `/projects/${String(projectId)}/repository/files` } as const;
    return readAnswer(request, answer, readRepositoryFile);
  }

  /** The newest commits, of one file if a path is given. */
  async commits(
    projectId: number,
    { ref, path, count }: { ref: string; path?: string; count: number },
    call: CallOptions,
  ): Promise<Commit[]> {
    const where = path === undefined ? {} : { path };
    const answer: unknown = await new Commits(this.#options(call)).all(projectId, {
      refName: ref,
      perPage: count,
      page: 1,
      ...where,
    });
    const request = { method: 'GET', path: `/projects/${String(projectId)}/repository/commits` } as const;
    return readAnswer(request, answer, (value) => listOf(value, 'list of commits', readCommit));
  }

  /**
   * The paths that differ between two commits or branches, with old and new names. Undefined if GitLab timed out while
   * comparing.
   */
  async changedPaths(
    projectId: number,
    { from, to }: { readonly from: string; readonly to: string },
    call: CallOptions,
  ): Promise<readonly string[] | undefined> {
    const answer: unknown = await new Repositories(this.#options(call)).compare(projectId, from, to, {
      straight: true,
    });
    const request = { method: 'GET', path: `/projects/${String(projectId)}/repository/compare` } as const;
    return readAnswer(request, answer, (value) => {
      const { diffs, compare_timeout: isCut } = objectOf(value, 'comparison');
      const paths = listOf(diffs, 'list of differences', (diff) => {
        const { old_path: before, new_path: after } = objectOf(diff, 'difference');
        return [text(before), text(after)].filter((path) => path !== undefined);
      });
      return isCut === true ? undefined : [...new Set(paths.flat())];
    });
  }

  /**
   * Writes files in one commit, each only if it is unchanged since it was read; otherwise the error is a `conflict`. A
   * commit that touches the mapping file starts a deploy pipeline. Sent once.
   */
  async commit(projectId: number, { branch, message, files }: NewCommit, call: CallOptions): Promise<Commit> {
    const actions = files.map(({ path, content, lastCommitId }) => ({
      action: lastCommitId === undefined ? ('create' as const) : ('update' as const),
      filePath: path,
      content: Buffer.from(content).toString('base64'),
      encoding: 'base64',
      ...(lastCommitId === undefined ? {} : { lastCommitId }),
    }));
    const answer: unknown = await new Commits(this.#options(call)).create(projectId, branch, message, actions);
    const request = { method: 'POST', path: `/projects/${String(projectId)}/repository/commits` } as const;
    return readAnswer(request, answer, readCommit);
  }

  #options(call: CallOptions) {
    return resourceOptions(this.#session, call);
  }
}
