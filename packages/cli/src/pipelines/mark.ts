import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { compareEntries } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument, stringOf, type FailedEntry } from '@omnia-buildstream/core/failedNodes/document';
import { UserError } from '@omnia-buildstream/core/errors/userError';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { TextFile } from '@omnia-buildstream/gitlab/api/editFile';
import { readMarkable, type Markable, type Marks } from '@omnia-buildstream/gitlab/omnia/markFailed';
import {
  prepareMark,
  type MarkCommit,
  type MarkEnd,
  type PreparedMark,
  type RetryWish,
} from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { failedNodesPath } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { cannotRun } from '../cannotRun.ts';
import { select, selectionOf, type Selection } from '../failed/selection.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { askAndSend } from './act.ts';
import type { ActionContext } from './context.ts';
import { nodeLines } from './nodes.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { newChildOf, newChildText, nodesTouched, refused, retryablePart, retryText, tellRetry } from './retry.ts';
import { retryLines } from './remarks.ts';
import { treeFor } from './show.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines mark` */
export async function mark(context: ActionContext): Promise<ExitCode> {
  const { options } = context;
  const selection = selectionOf(options.nodes, options.all, options.cause, '--nodes');
  if (options.retry && options.names.length === 0) {
    throw cannotRun('arguments', '--retry needs the number of the pipeline: buildstream pipelines mark PIPELINE …');
  }
  const tree = options.names.length === 0 ? undefined : await treeFor(context);
  if (options.newChild && !options.retry) {
    throw cannotRun('arguments', '--new-child says how to retry: give --retry as well.');
  }
  const retry = tree === undefined || !options.retry ? undefined : retryOf(context, tree);
  const base = usable(await readMarkable(omniaProject(context)));
  return markFrom(context, { base, selection, tree, retry });
}

function retryOf({ options }: ActionContext, tree: PipelineNode): RetryWish {
  const part = retryablePart(tree);
  return options.newChild ? { tree, ...part, anew: newChildOf(tree, part.node) } : { tree, ...part };
}

interface MarkPlan {
  readonly base: TextFile;
  readonly selection: Selection;
  readonly tree: PipelineNode | undefined;
  /** What follows the marks; undefined: nothing. */
  readonly retry: RetryWish | undefined;
}

/** Shows, asks and sends; after a conflict, shows what changed and asks again. */
async function markFrom(context: ActionContext, plan: MarkPlan): Promise<ExitCode> {
  const { options, io } = context;
  const { base, selection, retry } = plan;
  const nodes = toMark(base.text, selection).map(nodeOf);
  if (nodes.length === 0) await io.stderr.write('Nothing to mark: these nodes are already marked as booted.\n');
  const prepared = await prepareMark(omniaProject(context), { base, nodes }, retry);
  if (prepared.isNothing) return exitCodes.ok;
  refuseObstacles(prepared);
  const sent = await askAndSend(context, prepared, {
    act: retry === undefined ? 'mark' : 'mark-and-retry',
    subject: subjectOf(context, retry),
    touches: true,
    marked: nodes,
    text: marksText(context, plan, nodes) + (await retryTextOf(context, plan, prepared)),
    question: retry === undefined ? 'Commit it?' : nodes.length === 0 ? 'Retry it?' : 'Commit and retry?',
    nothing: 'Nothing was changed.',
    own: plan.tree?.pipeline.id,
  });
  if ('code' in sent) return sent.code;
  const { end } = sent;
  if (end.kind !== 'conflict') return tellMarks(context, retry, end);
  const theirs = usable(end.theirs);
  await io.stderr.write(changesText(base, theirs));
  // --yes agreed to what was shown, not to what somebody else wrote since.
  if (options.yes) {
    throw cannotRun('file', `${failedNodesPath} was changed on the server. Review it, then run this again.`);
  }
  return markFrom(context, { ...plan, base: theirs });
}

function subjectOf(context: ActionContext, retry: RetryWish | undefined): string {
  const file = `${failedNodesPath} on ${branchOf(context)}`;
  return retry === undefined ? file : `${file}, pipeline #${String(retry.node.pipeline.id)}`;
}

function marksText({ project }: ActionContext, { tree }: MarkPlan, nodes: Marks['nodes']): string {
  if (nodes.length === 0) return '';
  const run = tree && findDeployRun(tree);
  // A cadence does not get the list; the remarks on its retry say so.
  const spared = run?.images.length === 0 ? '' : 'They are left out of the next retry. ';
  const where = `Marks as booted by hand, in ${failedNodesPath} of ${project.path}: ${String(nodes.length)}\n`;
  return `${where}${nodeLines(nodes)}${spared}The commit starts no pipeline.\n`;
}

async function retryTextOf(context: ActionContext, { tree, retry }: MarkPlan, prepared: PreparedMark): Promise<string> {
  if (tree === undefined) return '';
  if (retry === undefined) return warningLines(context, tree, { withFailedNodes: true });
  const { node, jobs, anew } = retry;
  const childId = node.pipeline.id;
  const again = `buildstream pipelines mark ${String(tree.pipeline.id)} … --retry`;
  const ways = await retryLines(context, tree, { childId, isNewChild: anew !== undefined, again });
  const what = anew === undefined ? retryText(tree, node, jobs) : newChildText(childId, anew);
  return ways + what + (await nodesTouched(context, tree, prepared));
}

function changesText(base: TextFile, theirs: TextFile): string {
  const changes = compareEntries(readFailedNodesDocument(base.text), readFailedNodesDocument(theirs.text));
  const lines = changes.map(({ hostname, bmcIp, before = 'no entry', after = 'no entry' }) => {
    return `  ${plainLine(`${hostname} (${bmcIp}): ${before} -> ${after}`)}\n`;
  });
  const count = String(changes.length);
  return `The file was changed on the server in the meantime. Nothing was committed. Since it was read, ${count} entries changed:\n${lines.join('')}`;
}

/** First the outcome of the marks, then that of the retry. @throws UserError, and what GitLab said about the retry */
async function tellMarks(
  context: ActionContext,
  retry: RetryWish | undefined,
  end: Exclude<MarkEnd, { kind: 'conflict' }>,
): Promise<ExitCode> {
  const name = `Pipeline #${String(retry?.node.pipeline.id ?? 0)}`;
  if (end.kind === 'refused') throw refused(name, end.reason);
  const code = (await tellResult(context, end.commit)) ?? exitCodes.ok;
  if (retry === undefined || end.retry.kind === 'none') return code;
  if (end.retry.kind === 'failed') throw end.retry.error;
  return tellRetry(context, retry.tree, { node: retry.node, anew: retry.anew, outcome: end.retry });
}

/** @returns undefined when the marks are in place */
async function tellResult({ io }: ActionContext, result: MarkCommit): Promise<ExitCode | undefined> {
  if (result.kind === 'unchanged') return undefined;
  const look = 'buildstream pipelines mark with the same nodes shows whether they are marked';
  const code = await tellOutcome(result, { done: ({ commit }) => `Committed as ${commit.id.slice(0, 8)}`, look }, io);
  if (result.kind !== 'done' && result.kind !== 'found') return code;
  switch (result.value.check.kind) {
    case 'same':
      return undefined;
    case 'changed-since':
      await io.stderr.write('The file has been changed again since. Review it before you retry.\n');
      return exitCodes.notAllDone;
    case 'not-read':
      await io.stderr.write(
        `It can't be read back: ${result.value.check.error.message}. Check the server before you retry.\n`,
      );
      return exitCodes.notAllDone;
  }
}

function toMark(text: string, selection: Selection): readonly FailedEntry[] {
  return select(readFailedNodesDocument(text), selection).filter(
    ({ node, fields }) => node.type === 'object' && fields.get('status')?.value !== 'success',
  );
}

function nodeOf(entry: FailedEntry): { readonly hostname: string; readonly bmcIp: string } {
  return { hostname: nameOf(entry), bmcIp: stringOf(entry.fields, 'bmc_ip') ?? '' };
}

function nameOf({ fields }: FailedEntry): string {
  return stringOf(fields, 'hostname') ?? stringOf(fields, 'bmc_ip') ?? '';
}

/** @throws UserError when there is nothing that could be marked */
function usable(list: Markable): TextFile {
  switch (list.kind) {
    case 'missing':
      throw cannotRun('file', `There is no ${failedNodesPath} on the server: no run has failed.`);
    case 'broken':
      throw new UserError({ kind: 'failed-nodes', file: failedNodesPath, problems: list.problems });
    case 'usable':
      return list.base;
  }
}
