import type { FileAction } from '../git/repository.ts';
import { ApiError, demand, json, notFound, page, type ApiAnswer, type ProjectCall } from './exchange.ts';
import { checkAction, checkUnchanged, contentOf } from './files.ts';
import { commitShape } from './shapes.ts';

interface CommitAction extends FileAction {
  readonly lastCommitId: string | undefined;
}

/** `POST /repository/commits`: several files in one commit. */
export async function createCommit(call: ProjectCall): Promise<ApiAnswer> {
  const { project, body, token } = call;
  const branch = demand(body, 'branch');
  const message = demand(body, 'commit_message');
  const actions = readActions(body['actions']);
  const id = await project.commit({
    branch,
    message,
    author: { name: token.username, email: `${token.username}@lab.invalid` },
    actions,
    check: async () => {
      for (const action of actions) {
        await checkAction(project, branch, action);
        if (action.lastCommitId === undefined) continue;
        const say = `The file has changed since you started editing it: ${action.path}`;
        await checkUnchanged(project, { branch, path: action.path, expected: action.lastCommitId, say });
      }
    },
  });
  const [commit] = await project.repository.log(id, { count: 1 });
  if (commit === undefined) throw notFound('Commit ');
  const stats = { additions: 0, deletions: 0, total: 0 };
  return json({ ...commitShape(commit, call), stats, status: null, project_id: project.id, last_pipeline: null }, 201);
}

function readActions(given: unknown): CommitAction[] {
  if (!Array.isArray(given) || given.length === 0) throw new ApiError(400, { error: 'actions is missing' });
  return given.map((item: unknown): CommitAction => {
    const from = item as Readonly<Record<string, unknown>>;
    const action = from['action'];
    if (action !== 'create' && action !== 'update' && action !== 'delete') {
      throw new ApiError(400, { error: 'actions[action] does not have a valid value' });
    }
    const lastCommitId = from['last_commit_id'];
    return {
      action,
      path: demand(from, 'file_path'),
      ...(action === 'delete' ? {} : { content: contentOf(from) }),
      lastCommitId: typeof lastCommitId === 'string' ? lastCommitId : undefined,
    };
  });
}

/** `GET /repository/commits`, of a branch and of a path. */
export async function listCommits(call: ProjectCall): Promise<ApiAnswer> {
  const { project, query } = call;
  const head = await project.repository.resolve(query.get('ref_name') ?? project.defaultBranch);
  if (head === undefined) throw notFound('Tree ');
  const file = query.get('path');
  const all = await project.repository.log(head, { count: 1000, ...(file === null ? {} : { file }) });
  const path = `/api/v4/projects/${String(project.id)}/repository/commits`;
  return page(all, call, path, (commit) => commitShape(commit, call));
}

/** `GET /repository/compare`: the paths that differ between two commits (`straight`), without the changes in them. */
export async function compareCommits({ project, query }: ProjectCall): Promise<ApiAnswer> {
  const [from, to] = await Promise.all(
    ['from', 'to'].map((name) => project.repository.resolve(demand(Object.fromEntries(query), name))),
  );
  if (from === undefined || to === undefined) throw notFound('Ref ');
  const paths = from === to ? [] : await project.repository.changedPaths(from, to);
  const diffs = paths.map((path) => ({
    diff: '',
    new_path: path,
    old_path: path,
    a_mode: '100644',
    b_mode: '100644',
    new_file: false,
    renamed_file: false,
    deleted_file: false,
  }));
  return json({ commit: null, commits: [], diffs, compare_timeout: false, compare_same_ref: from === to, web_url: '' });
}
