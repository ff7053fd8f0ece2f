import type { Position } from '../../text/position.ts';
import type { HoverText } from '../hover.ts';
import type { MappingRow } from '../../mapping/row.ts';
import type { NodeModel } from '../../nodes/nodeModel.ts';
import { nodeStateTexts } from '../../nodes/nodeState.ts';
import { rowsOfEntry } from '../nodes/places.ts';
import type { PlannedNode } from '../../plan/plan.ts';
import { reasonTexts } from '../../plan/planTexts.ts';
import { blocks, code, md, sayMarkdown, type Markdown } from '../../text/markdown.ts';
import { lastResetText } from '../../history/lastResetText.ts';
import type { LastReset } from '../../history/runHistory.ts';
import type { Say } from '../../text/message.ts';
import { adviceFor } from '../../failedNodes/advice.ts';
import { entryAt, fieldAt, stringOf, type FailedEntry, type FailedNodesDocument } from '../../failedNodes/document.ts';
import { bmcIpOf, decidingEntry, factsOf, isMarked, messageOf } from '../../failedNodes/entryText.ts';
import { openingOf } from '../../failedNodes/places.ts';
import { nameOf } from '../../failedNodes/rules/deletedEntry.ts';

export const entryHoverMessages = {
  said: 'Omnia: {message}',
  when: 'Written: {timestamp}',
  row: 'Mapping file, line {line}: {role}, group {group}, ADMIN_IP {adminIp}',
  noRow: 'No row of the mapping file has this BMC_IP.',
  boots: 'The next run boots it: {reason}.',
  leaves: 'The next run leaves it alone: {reason}.',
} as const;

/** Plans one BMC_IP; undefined where that is not possible. */
export type PlanOne = (bmcIp: string) => PlannedNode | undefined;

/** What is known of nodes besides the two files. */
interface Known {
  readonly planOne: PlanOne;
  /** From here, by BMC_IP; undefined: not known. */
  readonly lastResets: ReadonlyMap<string, LastReset> | undefined;
}

/** Explains the entry under the cursor: why it failed, what to do, which node it is, and what Omnia will do. */
export function hoverEntry(
  nodes: NodeModel,
  position: Position,
  { planOne, lastResets }: Known,
  say: Say,
): HoverText | undefined {
  const { failed } = nodes;
  const entry = failed === undefined ? undefined : entryAt(failed, position);
  if (failed === undefined || entry?.node.type !== 'object') return undefined;
  const bmcIp = bmcIpOf(entry);
  const parts = [
    ...aboutFailure(failed, entry, say),
    ...(nodes.mapping === undefined ? [] : [aboutRow(nodes, rowsOfEntry(nodes, entry)[0], say)]),
    ...(bmcIp === undefined ? [] : aboutReset(lastResets?.get(bmcIp), say)),
    ...(bmcIp === undefined ? [] : aboutPlan(planOne(bmcIp), say)),
  ];
  const field = fieldAt(entry, position)?.[1];
  const range = field === undefined ? openingOf(failed, entry) : { start: field.keyRange.start, end: field.range.end };
  return { markdown: blocks(parts), range };
}

/**
 * What is known about the node of a row, for the hover of the mapping file; empty when nothing is known about a run.
 */
export function hoverState(nodes: NodeModel, row: MappingRow, { planOne, lastResets }: Known, say: Say): Markdown {
  const { state, entries } = nodes.nodeOf(row);
  const reset = aboutReset(lastResets?.get(row.bmcKey), say);
  if (nodes.failed === undefined && !nodes.knowsRunsFromHere) return blocks(reset);
  const entry = decidingEntry(entries);
  const isTold = entry !== undefined && nodes.failed !== undefined && (state === 'failed' || state === 'marked');
  const failure = isTold ? aboutFailure(nodes.failed, entry, say) : [md`**${say(nodeStateTexts[state])}**`];
  return blocks([...failure, ...reset, ...aboutPlan(planOne(row.text.BMC_IP), say)]);
}

function aboutFailure({ header }: FailedNodesDocument, entry: FailedEntry, say: Say): Markdown[] {
  const message = messageOf(entry);
  const { title, advice } = adviceFor(factsOf(entry));
  const state = say(isMarked(entry) ? nodeStateTexts.marked : title);
  const timestamp = stringOf(header, 'timestamp') ?? '';
  return [
    md`**${nameOf(entry)}** \u2014 ${state}`,
    ...(isMarked(entry) ? [] : [md`${say(advice)}`]),
    ...(message === '' ? [] : [sayMarkdown(say, entryHoverMessages.said, { message: md`*${message.trim()}*` })]),
    ...(timestamp === '' ? [] : [sayMarkdown(say, entryHoverMessages.when, { timestamp })]),
  ];
}

function aboutReset(last: LastReset | undefined, say: Say): Markdown[] {
  return last === undefined ? [] : [md`${lastResetText(last, say)}`];
}

function aboutRow({ mapping }: NodeModel, row: MappingRow | undefined, say: Say): Markdown {
  if (row === undefined || mapping === undefined) return md`${say(entryHoverMessages.noRow)}`;
  const { FUNCTIONAL_GROUP_NAME, GROUP_NAME, ADMIN_IP } = row.text;
  return sayMarkdown(say, entryHoverMessages.row, {
    line: mapping.document.lineOf(mapping.document.indexOf(row.record)) + 1,
    role: shown(FUNCTIONAL_GROUP_NAME),
    group: shown(GROUP_NAME),
    adminIp: shown(ADMIN_IP),
  });
}

function aboutPlan(node: PlannedNode | undefined, say: Say): Markdown[] {
  if (node === undefined) return [];
  const reason = say(reasonTexts[node.reason]);
  return [sayMarkdown(say, node.action === 'boot' ? entryHoverMessages.boots : entryHoverMessages.leaves, { reason })];
}

function shown(value: string): Markdown {
  return value === ''
    ? md`
\u2014
      `
    : code(value);
}
