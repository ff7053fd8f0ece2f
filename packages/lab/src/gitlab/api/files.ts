import { createHash } from 'node:crypto';
import { blobId, type FileAction } from '../git/repository.ts';
import type { LabProject } from '../project.ts';
import { ApiError, demand, json, notFound, plain, type ApiAnswer, type ProjectCall } from './exchange.ts';

interface FoundFile {
  readonly path: string;
  readonly ref: string;
  readonly commit: string;
  readonly content: Buffer;
  readonly blobId: string;
  readonly lastCommitId: string;
}

/** `GET /repository/files/:path`. */
export async function showFile(call: ProjectCall): Promise<ApiAnswer> {
  const file = await find(call);
  const { content } = file;
  return json({ ...describe(file), content: content.toString('base64') }, 200, fileHeaders(file));
}

/** Response to HEAD: the same as headers. */
export async function headFile(call: ProjectCall): Promise<ApiAnswer> {
  return { status: 200, headers: fileHeaders(await find(call)), body: Buffer.alloc(0) };
}

export async function rawFile(call: ProjectCall): Promise<ApiAnswer> {
  const file = await find(call);
  const { body, ...answer } = plain(file.content);
  return { ...answer, headers: { ...answer.headers, ...fileHeaders(file) }, body };
}

function describe({ path, ref, commit, content, blobId: blob, lastCommitId }: FoundFile) {
  return {
    file_name: path.split('/').at(-1) ?? path,
    file_path: path,
    size: content.byteLength,
    encoding: 'base64',
    content_sha256: createHash('sha256').update(content).digest('hex'),
    ref,
    blob_id: blob,
    commit_id: commit,
    last_commit_id: lastCommitId,
    execute_filemode: false,
  };
}

function fileHeaders(file: FoundFile): Record<string, string> {
  const pairs = Object.entries(describe(file)).map(([key, value]) => [
    `x-gitlab-${key.replaceAll('_', '-')}`,
    String(value),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

async function find({ project, params, query }: ProjectCall): Promise<FoundFile> {
  const ref = query.get('ref');
  if (ref === null) throw new ApiError(400, { error: 'ref is missing' });
  const commit = await project.repository.resolve(ref === 'HEAD' ? project.defaultBranch : ref);
  if (commit === undefined) throw notFound('Commit ');
  const path = params[1] ?? '';
  const content = await project.repository.read(commit, path);
  if (content === undefined) throw notFound('File ');
  const lastCommitId = (await lastCommitOf(project, commit, path)) ?? commit;
  return { path, ref, commit, content, blobId: blobId(content), lastCommitId };
}

/** `POST` and `PUT /repository/files/:path`: the response has only `{file_path, branch}`. */
export async function writeFile(call: ProjectCall, action: 'create' | 'update'): Promise<ApiAnswer> {
  const { project, body, token } = call;
  const path = call.params[1] ?? '';
  const branch = demand(body, 'branch');
  const message = demand(body, 'commit_message');
  const content = contentOf(body);
  const expected = body['last_commit_id'];
  await project.commit({
    branch,
    message,
    author: { name: token.username, email: `${token.username}@lab.invalid` },
    actions: [{ action, path, content }],
    check: async () => {
      await checkAction(project, branch, { action, path, content });
      if (typeof expected === 'string') {
        await checkUnchanged(project, { branch, path, expected, say: changedFile });
      }
    },
  });
  return json({ file_path: path, branch }, action === 'create' ? 201 : 200);
}

const changedFile = 'You are attempting to update a file that has changed since you started editing it.';

export function contentOf(from: Readonly<Record<string, unknown>>): Buffer {
  return Buffer.from(demand(from, 'content'), from['encoding'] === 'base64' ? 'base64' : 'utf8');
}

/** @throws ApiError 400 if a file to create exists or one to change does not */
export async function checkAction(project: LabProject, branch: string, { action, path }: FileAction): Promise<void> {
  const head = await project.repository.resolve(branch);
  if (head === undefined)
    throw new ApiError(400, { message: 'You can only create or edit files when you are on a branch' });
  const isThere = await project.repository.has(head, path);
  if (action === 'create' && isThere) throw new ApiError(400, { message: 'A file with this name already exists' });
  if (action !== 'create' && !isThere) throw new ApiError(400, { message: "A file with this name doesn't exist" });
}

/** @throws ApiError 400 if someone changed the file since */
export async function checkUnchanged(
  project: LabProject,
  { branch, path, expected, say }: { branch: string; path: string; expected: string; say: string },
): Promise<void> {
  const head = await project.repository.resolve(branch);
  const newest = head === undefined ? undefined : await lastCommitOf(project, head, path);
  if (newest !== undefined && newest !== expected) throw new ApiError(400, { message: say });
}

async function lastCommitOf(project: LabProject, commit: string, file: string): Promise<string | undefined> {
  return (await project.repository.log(commit, { file, count: 1 }))[0]?.id;
}
