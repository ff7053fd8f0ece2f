import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { compareEntries } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument, stringOf, type FailedEntry } from '@omnia-buildstream/core/failedNodes/document';
import { readTextFile, type EditResult, type TextFile, type TextReading } from '@omnia-buildstream/gitlab/api/editFile';
import { markOnServer, withMarks, type Marks } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { failedNodesPath as failedNodesFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { retryTouches, type Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import { retryRefusedNow } from '@omnia-buildstream/gitlab/omnia/writes';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { cannotRun } from '../cannotRun.ts';
import { select, selectionOf, type Selection } from '../failed/selection.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { agree } from './agree.ts';
import type { ActionContext } from './context.ts';
import { nodeLines } from './nodes.ts';
import { omniaProject } from './project.ts';
import { tellOutcome } from './outcome.ts';
import { nodesTouched, refused, retryablePart, retryText, sendRetry } from './retry.ts';
import { retryLines } from './remarks.ts';
import { treeFor } from './show.ts';
import { warningLines } from './warn.ts';

/** `buildstream pipelines mark` */
export async function mark(context: ActionContext): Promise<ExitCode> {
  const { client, project, options } = context;
  const selection = selectionOf(options.nodes, options.all, options.cause, '--nodes');
  if (options.retry && options.names.length === 0) {
    throw cannotRun('arguments', '--retry needs the number of the pipeline: buildstream pipelines mark PIPELINE …');
  }
  const tree = options.names.length === 0 ? undefined : await treeFor(context);
  // Refused before anything is committed.
  if (tree !== undefined && options.retry) retryablePart(tree);
  const place = { projectId: project.id, branch: branchOf(context), path: failedNodesFile };
  const base = usable(await readTextFile(client, place, context.call));
  const marked = await markFrom(context, { place, base, selection, tree });
  if (typeof marked === 'number') return marked;
  const { shown } = marked;
  // Sent only when the plan after the commit is the one that was shown with the marks.
  return tree === undefined || shown === undefined ? exitCodes.ok : sendRetry(context, tree, shown);
}

/** A retry with the marks, as it was shown. */
interface ShownRetry {
  readonly node: PipelineNode;
  readonly touches: Touches;
}

/** The marks are on the server; undefined: no retry was asked for. */
interface Marked {
  readonly shown: ShownRetry | undefined;
}

interface MarkPlan {
  readonly place: { readonly projectId: number; readonly branch: string; readonly path: string };
  readonly base: TextFile;
  readonly selection: Selection;
  readonly tree: PipelineNode | undefined;
}

/** Shows, asks, commits; after a conflict shows what changed and asks again. */
async function markFrom(context: ActionContext, plan: MarkPlan): Promise<ExitCode | Marked> {
  const { options, io, call } = context;
  const { place, base, selection, tree } = plan;
  const calls = { writing: call, reading: call };
  const entries = toMark(base.text, selection);
  const isRetry = tree !== undefined && options.retry;
  if (entries.length === 0) {
    await io.stderr.write('Nothing to mark: these nodes are marked as booted already.\n');
    if (!isRetry) return exitCodes.ok;
  }
  const marks = { base, nodes: entries.map(nodeOf) };
  const { lines, shown } = await describe(context, plan, marks);
  await io.stderr.write(lines);
  const question = isRetry ? (entries.length === 0 ? 'Retry it?' : 'Commit and retry?') : 'Commit it?';
  const sends = ['mark', place.branch, base.text, ...marks.nodes.map(({ bmcIp }) => bmcIp), isRetry ? 'retry' : ''];
  const touches = shown === undefined ? [] : [shown.touches];
  const end = await agree(context, { question, nothing: 'Nothing was changed.', sends, touches });
  if (end !== undefined) return end;
  // Refused before anything is written: somebody may have retried it while the question was open.
  if (tree !== undefined && shown !== undefined) await refuseMoved(context, tree, { ...shown, marks });
  const result = await markOnServer(omniaProject(context), marks, calls);
  if (result.kind !== 'conflict') return (await tellResult(context, result)) ?? { shown };
  const theirs = usable(result.theirs);
  const changes = compareEntries(readFailedNodesDocument(base.text), readFailedNodesDocument(theirs.text));
  await io.stderr.write(
    `Somebody else was faster: nothing was written. Since it was read, ${String(changes.length)} entries changed:\n` +
      changes
        .map(
          ({ hostname, bmcIp, before, after }) =>
            `  ${plainLine(`${hostname} (${bmcIp}): ${before ?? 'no entry'} -> ${after ?? 'no entry'}`)}\n`,
        )
        .join(''),
  );
  // --yes agreed to what was shown, not to what somebody else wrote since.
  if (options.yes) throw cannotRun('file', `${place.path} was changed on the server. Review it, then run this again.`);
  return markFrom(context, { ...plan, base: theirs });
}

/** @throws UserError when the retry with the marks is not what was shown any more */
async function refuseMoved(
  context: ActionContext,
  tree: PipelineNode,
  { node, touches, marks }: ShownRetry & { readonly marks: Marks },
): Promise<void> {
  const shown = { rootId: tree.pipeline.id, of: node.pipeline.id, touches };
  const reason = await retryRefusedNow(withMarks(omniaProject(context), marks), shown);
  if (reason !== undefined) throw refused(`Pipeline #${String(shown.of)}`, reason);
}

async function describe(
  context: ActionContext,
  { tree }: MarkPlan,
  marks: Marks,
): Promise<Marked & { readonly lines: string }> {
  const { nodes } = marks;
  const lines =
    nodes.length === 0
      ? ''
      : `Marks as booted by hand, in ${failedNodesFile} of ${context.project.path}: ${String(nodes.length)}\n${nodeLines(nodes)}` +
        'They are left out of the next retry. The commit starts no pipeline.\n';
  if (tree === undefined) return { lines, shown: undefined };
  if (!context.options.retry) {
    return { lines: lines + (await warningLines(context, tree, { withFailedNodes: true })), shown: undefined };
  }
  const { node, jobs } = retryablePart(tree);
  const touches = await retryTouches(withMarks(omniaProject(context), marks), tree, jobs);
  const ways = await retryLines(context, tree, { childId: node.pipeline.id, isNewChild: false });
  const retries = ways + retryText(tree, node, jobs) + (await nodesTouched(context, tree, touches));
  return { lines: lines + retries, shown: { node, touches } };
}

/** @returns undefined when the marks are there */
async function tellResult(
  { io }: ActionContext,
  result: Exclude<EditResult, { kind: 'conflict' }>,
): Promise<ExitCode | undefined> {
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

function faultOf(text: string): string | undefined {
  const { conflicts, faults } = readFailedNodesDocument(text);
  const [conflict] = conflicts;
  return conflict === undefined ? faults[0]?.reason : `a merge left a conflict in line ${String(conflict.first + 1)}`;
}

/** @throws UserError when there is nothing that could be edited */
function usable(reading: TextReading): TextFile {
  if (reading.kind === 'missing') {
    throw cannotRun('file', `There is no ${failedNodesFile} on the server: no run has failed.`);
  }
  const fault = reading.kind === 'read' ? faultOf(reading.value.text) : 'it is not UTF-8';
  if (reading.kind === 'read' && fault === undefined) return reading.value;
  throw cannotRun('file', `${failedNodesFile} on the server is not JSON: ${fault ?? ''}. Repair it first.`);
}
