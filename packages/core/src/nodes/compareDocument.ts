import type { RestartDecision } from '../plan/decideRestart.ts';
import { planDocument } from '../plan/planDocument.ts';
import { sayProblems } from '../plan/planProblems.ts';
import { planTexts } from '../plan/planTexts.ts';
import { blocks, md, table, type Markdown } from '../text/markdown.ts';
import type { Say } from '../text/message.ts';
import type { ComparedFiles, ComparedNode } from './compareNodes.ts';

export const compareTexts = {
  title: 'Nodes: {before} ↔ {after}',
  same: 'Both versions have the same nodes ({count}).',
  counts: 'Added: {added}. Changed: {changed}. Removed: {removed}. The same: {same}.',
  added: 'Added',
  changed: 'Changed',
  removed: 'Removed',
  column: 'Column',
  before: 'Before',
  after: 'After',
  group: 'Group',
  tag: 'Service tag',
  deploy: 'What a deploy of {after} restarts is below, given that {before} was deployed last.',
} as const;

/** What the two versions are called. */
export interface ComparedNames {
  readonly before: string;
  readonly after: string;
}

/**
 * Two versions of a mapping file, node by node, and the plan of the one that is deployed after the other.
 * @param decision a text: why there is no plan
 */
export function compareDocument(
  files: ComparedFiles,
  names: ComparedNames,
  decision: RestartDecision | string,
  say: Say,
): Markdown {
  const without = (why: string): Markdown => blocks([md`# ${say(planTexts.title)}`, md`${why}`]);
  const plan =
    typeof decision === 'string'
      ? without(decision)
      : decision.plan === undefined
        ? without(sayProblems(decision.problems, say))
        : planDocument(decision.plan, decision.basis, say);
  const document = blocks([
    md`# ${say(compareTexts.title, { ...names })}`,
    md`**${compareHeadline(files, say)}**`,
    md`${say(compareTexts.deploy, { ...names })}`,
    ...nodesSection(say(compareTexts.added), files.added, say),
    ...changedSection(files, say),
    ...nodesSection(say(compareTexts.removed), files.removed, say),
    plan,
  ]);
  return md`${document}\n`;
}

/** How many nodes differ, in a sentence. */
export function compareHeadline({ added, changed, removed, same }: ComparedFiles, say: Say): string {
  if (added.length + changed.length + removed.length === 0) return say(compareTexts.same, { count: same });
  return say(compareTexts.counts, {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
    same,
  });
}

/** A node by its name, else by whatever it has. */
export function nameOfCompared({ hostname, serviceTag, bmcIp }: ComparedNode): string {
  return [hostname, serviceTag, bmcIp].find((value) => value !== '') ?? '?';
}

/** A line of a table of nodes: name, service tag, role, group, BMC_IP. */
export function comparedCells(node: ComparedNode): string[] {
  return [nameOfCompared(node), node.serviceTag, node.functionalGroup, node.groupName, node.bmcIp];
}

/** Lines of a table of changes: name (in the first only), column, before, after. */
export function changedLines({ node, cells }: ComparedFiles['changed'][number]): string[][] {
  return cells.map(({ column, before, after }, at) => [at === 0 ? nameOfCompared(node) : '', column, before, after]);
}

function nodesSection(title: string, nodes: readonly ComparedNode[], say: Say): Markdown[] {
  if (nodes.length === 0) return [];
  const head = [planTexts.node, compareTexts.tag, planTexts.role, compareTexts.group, planTexts.bmc];
  return [
    md`## ${title} (${nodes.length})`,
    table(
      head.map((text) => say(text)),
      nodes.map(comparedCells),
    ),
  ];
}

function changedSection({ changed }: ComparedFiles, say: Say): Markdown[] {
  if (changed.length === 0) return [];
  const head = [planTexts.node, compareTexts.column, compareTexts.before, compareTexts.after].map((text) => say(text));
  return [md`## ${say(compareTexts.changed)} (${changed.length})`, table(head, changed.flatMap(changedLines))];
}
