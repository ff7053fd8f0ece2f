import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { git, GitError } from './git.ts';

export interface Author {
  readonly name: string;
  readonly email: string;
}

export interface FileAction {
  readonly action: 'create' | 'update' | 'delete';
  readonly path: string;
  readonly content?: Uint8Array;
}

export interface CommitRequest {
  readonly branch: string;
  readonly message: string;
  readonly author: Author;
  readonly date: Date;
  readonly actions: readonly FileAction[];
}

export interface CommitFacts {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly date: string;
}

const zeros = '0'.repeat(40);
const mostLogs = 1000;
const bareConfig = `[core]
\trepositoryformatversion = 0
\tbare = true
[http]
\treceivepack = true
`;

/** A bare repository without a work tree, changed only by git's plumbing commands. */
export class BareRepository {
  readonly gitDir: string;
  readonly #logs = new Map<string, Promise<readonly CommitFacts[]>>();

  private constructor(gitDir: string) {
    this.gitDir = gitDir;
  }

  static async init(gitDir: string, branch: string): Promise<BareRepository> {
    // Creates everything that gitrepository-layout(5) requires; git's own commands would cost a process each.
    const folder = new OwnFolder(gitDir, nodeFiles);
    for (const inside of [folder.inner('objects'), folder.inner('refs').inner('heads')]) await inside.make();
    const files = { HEAD: `ref: refs/heads/${branch}\n`, config: bareConfig };
    await folder.replace(new Map(Object.entries(files)));
    return new BareRepository(gitDir);
  }

  /** The commit that a branch or an ID refers to. Undefined if there is none. */
  async resolve(ref: string): Promise<string | undefined> {
    const branch = await this.#branch(ref);
    if (branch !== undefined) return branch;
    for (const name of isCommitId(ref) ? [ref] : [`refs/heads/${ref}`, ref]) {
      const found = await this.#maybe(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]);
      if (found !== undefined) return found.toString().trim();
    }
    return undefined;
  }

  async branches(): Promise<ReadonlyMap<string, string>> {
    const text = await git(['for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads'], this);
    const lines = text.toString().split('\n').filter(Boolean);
    return new Map(lines.map((line) => line.split(' ') as [string, string]));
  }

  async read(commit: string, file: string): Promise<Buffer | undefined> {
    return this.#maybe(['cat-file', 'blob', `${commit}:${file}`]);
  }

  async has(commit: string, file: string): Promise<boolean> {
    return (await this.#maybe(['rev-parse', '--verify', '--quiet', `${commit}:${file}`])) !== undefined;
  }

  /** The newest commits up to this one, only those of one file if it is given. */
  async log(commit: string, { file, count }: { file?: string; count: number }): Promise<readonly CommitFacts[]> {
    // The history of a commit never changes, and every list of jobs needs it.
    const key = `${commit} ${String(count)} ${file ?? ''}`;
    const known = isCommitId(commit) ? this.#logs.get(key) : undefined;
    const found = known ?? this.#readLog(commit, { count, ...(file === undefined ? {} : { file }) });
    if (this.#logs.size > mostLogs) this.#logs.clear();
    if (isCommitId(commit)) this.#logs.set(key, found);
    return found;
  }

  async #readLog(commit: string, { file, count }: { file?: string; count: number }): Promise<CommitFacts[]> {
    const format = '--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x01';
    const where = file === undefined ? [] : ['--', file];
    const text = await git(['log', `--max-count=${String(count)}`, format, commit, ...where], this);
    return text
      .toString()
      .split('\u0001')
      .map((entry) => entry.trimStart())
      .filter(Boolean)
      .map((entry) => {
        const [id = '', parents = '', authorName = '', authorEmail = '', date = '', message = ''] = entry.split('\0');
        return { id, parents: parents.split(' ').filter(Boolean), authorName, authorEmail, date, message };
      });
  }

  /** Paths that differ between two commits; all paths if the first is undefined. */
  async changedPaths(from: string | undefined, to: string): Promise<string[]> {
    const args =
      from === undefined || from === zeros
        ? ['ls-tree', '-r', '--name-only', '-z', to]
        : ['diff-tree', '-r', '--name-only', '-z', '--no-commit-id', from, to];
    return (await git(args, this)).toString().split('\0').filter(Boolean);
  }

  /**
   * Commits on top of the branch, in one run of `git fast-import`.
   * @returns undefined if the branch was moved in the meantime; nothing has changed then
   */
  async commit(request: CommitRequest): Promise<string | undefined> {
    return this.#commitOn(await this.resolve(request.branch), request);
  }

  /** Makes the first commit of a branch, without a parent. */
  async commitFirst(request: CommitRequest): Promise<string | undefined> {
    return this.#commitOn(undefined, request);
  }

  async #commitOn(parent: string | undefined, request: CommitRequest): Promise<string | undefined> {
    try {
      const args = ['fast-import', '--quiet', '--done', '--date-format=raw'];
      const made = await git(args, { gitDir: this.gitDir, input: importStream(request, parent) });
      return made.toString().trim();
    } catch (error) {
      if (error instanceof GitError && (await this.resolve(request.branch)) !== parent) return undefined;
      throw error;
    }
  }

  /**
   * The commit of a branch with its own ref file, which every branch has that was changed since git packed the refs.
   * Reading the file takes no process.
   */
  async #branch(name: string): Promise<string | undefined> {
    if (!isPlainName(name) || isCommitId(name)) return undefined;
    const text = await readFile(path.join(this.gitDir, 'refs/heads', name), 'latin1').catch(() => '');
    return isCommitId(text.trimEnd()) ? text.trimEnd() : undefined;
  }

  async #maybe(args: readonly string[]): Promise<Buffer | undefined> {
    try {
      return await git(args, this);
    } catch (error) {
      if (error instanceof GitError) return undefined;
      throw error;
    }
  }
}

/** The commit in the format of git-fast-import(1). */
function importStream({ branch, message, author, date, actions }: CommitRequest, parent: string | undefined): Buffer {
  const who = `${author.name} <${author.email}> ${String(Math.floor(date.getTime() / 1000))} +0000`;
  const head = [`commit refs/heads/${branch}`, 'mark :1', `author ${who}`, `committer ${who}`];
  const from = parent === undefined ? [] : [`from ${parent}\n`];
  const changes = actions.map(({ action, path: file, content }) =>
    action === 'delete' ? `D ${quoted(file)}\n` : [`M 100644 inline ${quoted(file)}\n`, data(content ?? '')],
  );
  const parts = [`${head.join('\n')}\n`, data(message), ...from, ...changes.flat(), 'get-mark :1\ndone\n'];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

function data(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${String(bytes.byteLength)}\n`), bytes, Buffer.from('\n')]);
}

function quoted(file: string): string {
  return JSON.stringify(file);
}

/** Whether the name is also the path below refs/heads. */
function isPlainName(name: string): boolean {
  return name.split('/').every((part) => /^\w[\w.-]*$/.test(part));
}

function isCommitId(text: string): boolean {
  return /^[\da-f]{40}$/.test(text);
}

/** The ID that git gives to this content. */
export function blobId(content: Uint8Array): string {
  const head = `blob ${String(content.byteLength)}\0`;
  return createHash('sha1').update(head).update(content).digest('hex');
}
