import { parseIpv4, formatIpv4 } from '../mapping/addresses.ts';
import type { StageNode } from './preparedStage.ts';
import { blocks, bullets, md, table, type Markdown } from '../text/markdown.ts';
import type { Say } from '../text/message.ts';
import type { Paragraph } from '../text/notice.ts';
import { wordsOf } from '../text/phrase.ts';
import { clipped, shortNames } from '../text/shortNames.ts';
import { strip } from '../text/pythonText.ts';
import type { DecidedRestart } from '../plan/decideRestart.ts';
import { planTexts, reasonTexts } from '../plan/planTexts.ts';

/** A question fits on a screen: of longer lists only the first ones and their number, and the plan has the rest. */
const most = { reasons: 4, groups: 6, named: 5, networks: 2 } as const;
/** So much of one text of others. */
const longest = { group: 32, reason: 80 } as const;

export const touchedTexts = {
  withoutGroup: 'without group',
  furtherGroups: 'other groups: {count}',
  furtherReasons: 'Other nodes: {count}',
  bmcs: 'BMCs in {networks}',
} as const;

/** What a stage touches, short enough to be asked about: counts by reason, with the exceptions by name, and by group. */
export function touchedLines(nodes: readonly StageNode[], say: Say): string[] {
  if (nodes.length === 0) return [];
  return [...reasonLines(nodes, say), groupLine(nodes, say)];
}

/** The most frequent reason first; what is so of few nodes or not of most is an exception, told by name. */
function reasonLines(nodes: readonly StageNode[], say: Say): string[] {
  const reasons = [...countBy(nodes, whyOf(say))].sort(([, one], [, other]) => other.length - one.length);
  const lines = reasons.slice(0, most.reasons).map(([why, members], index) => {
    const isUsual = index === 0 && members.length > most.named;
    const names = isUsual ? '' : `: ${namesOf(members, say)}`;
    return `${String(members.length)} ${clipped(why, longest.reason)}${names}`;
  });
  const further = sumOf(reasons.slice(most.reasons));
  return further === 0 ? lines : [...lines, say(touchedTexts.furtherReasons, { count: further })];
}

function groupLine(nodes: readonly StageNode[], say: Say): string {
  const groups = [...countBy(nodes, ({ target }) => target.groupName)];
  const counts = groups.slice(0, most.groups).map(([group, members]) => {
    const name = group === '' ? say(touchedTexts.withoutGroup) : clipped(group, longest.group);
    return `${name}: ${String(members.length)}`;
  });
  const further = sumOf(groups.slice(most.groups));
  return [...counts, ...(further === 0 ? [] : [say(touchedTexts.furtherGroups, { count: further })])].join(', ');
}

function sumOf(counted: readonly (readonly [string, readonly unknown[]])[]): number {
  return counted.reduce((sum, [, members]) => sum + members.length, 0);
}

/** What the restart leaves alone, by reason; by name where they are few and the reason is not that they run already. */
export function leftLines({ plan }: Pick<DecidedRestart, 'plan'>, say: Say): string[] {
  const left = plan.nodes.filter(({ action, reason }) => action === 'leave' && reason !== 'not-in-mapping');
  if (left.length === 0) return [];
  const reasons = [...countBy(left, ({ reason }) => reason)].map(([reason, all]) => {
    const names = reason === 'booted' || all.length > most.named ? '' : ` (${namesOf(all, say)})`;
    return `${String(all.length)} ${say(reasonTexts[reason])}${names}`;
  });
  return [`${say(planTexts.leave)}: ${reasons.join(', ')}`];
}

/** The networks of the BMCs: which cluster it is, where nothing else names it. Empty without an address. */
export function bmcNetworks(nodes: readonly Pick<StageNode, 'target'>[], say: Say): string {
  const addresses = nodes.map(({ target }) => parseIpv4(strip(target.bmcIp))).filter((one) => one !== undefined);
  if (addresses.length === 0) return '';
  const prefix = [24, 16, 8].find((bits) => networksOf(addresses, bits).length <= most.networks) ?? 0;
  return say(touchedTexts.bmcs, { networks: networksOf(addresses, prefix).join(', ') });
}

/** Everything that is said about a stage before it is confirmed, as Markdown: what the question leaves out is here. */
export function decisionDocument(
  question: string,
  told: readonly Paragraph[],
  { nodes, restart }: { readonly nodes: readonly StageNode[]; readonly restart: DecidedRestart | undefined },
  say: Say,
): Markdown {
  const left = (restart?.plan.nodes ?? []).filter(({ action }) => action === 'leave');
  const rows = nodes.map(({ target, why }) => ({ target, why: wordsOf(why, say) }));
  const others = left.map(({ target, reason }) => ({ target, why: say(reasonTexts[reason]) }));
  const document = blocks([
    md`# ${question}`,
    ...told.map((paragraph) => (typeof paragraph === 'string' ? md`${paragraph}` : listed(paragraph))),
    ...section(say(planTexts.boot), rows, say),
    ...section(say(planTexts.leave), others, say),
  ]);
  return md`${document}\n`;
}

/** Sentences stand for themselves; what is no sentence belongs to the line above. */
function listed([title = '', ...items]: readonly string[]): Markdown {
  if (items.every((item) => item.endsWith('.'))) return blocks([title, ...items].map((item) => md`${item}`));
  return items.length === 0 ? md`${title}` : blocks([title, bullets(items)]);
}

function section(title: string, rows: readonly Told[], say: Say): Markdown[] {
  if (rows.length === 0) return [];
  const head = [planTexts.node, planTexts.role, planTexts.bmc, planTexts.why].map((text) => say(text));
  const cells = rows.map(({ target, why }) => [target.hostname, target.functionalGroup, target.bmcIp, why]);
  return [md`## ${title} (${rows.length})`, table(head, cells)];
}

interface Told {
  readonly target: StageNode['target'];
  readonly why: string;
}

function namesOf(nodes: readonly Pick<StageNode, 'target'>[], say: Say): string {
  const names = nodes.map(({ target: { hostname, bmcIp } }) => (hostname === '' ? bmcIp : hostname));
  return wordsOf(shortNames(names), say);
}

function whyOf(say: Say): (node: StageNode) => string {
  return ({ why }) => wordsOf(why, say);
}

function networksOf(addresses: readonly number[], bits: number): string[] {
  const size = 2 ** (32 - bits);
  const starts = new Set(addresses.map((address) => Math.floor(address / size) * size));
  return [...starts].sort((one, other) => one - other).map((start) => `${formatIpv4(start)}/${String(bits)}`);
}

function countBy<T, Key extends string>(items: readonly T[], keyOf: (item: T) => Key): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = found.get(key);
    if (known === undefined) found.set(key, [item]);
    else known.push(item);
  }
  return found;
}
