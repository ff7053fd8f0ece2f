import { parseIpv4, formatIpv4 } from '../mapping/addresses.ts';
import type { StageNode } from './preparedStage.ts';
import { blocks, bullets, md, table, type Markdown } from '../text/markdown.ts';
import type { Say } from '../text/message.ts';
import type { Paragraph } from '../text/notice.ts';
import { wordsOf } from '../text/phrase.ts';
import { strip } from '../text/pythonText.ts';
import type { DecidedRestart } from '../plan/decideRestart.ts';
import { planTexts, reasonTexts } from '../plan/planTexts.ts';

/** A question fits on a screen: of longer lists only the first ones and their number. */
const mostGroups = 6;
/** So many nodes of one reason are an exception, told by name. */
const mostNamed = 5;
const mostNetworks = 2;

export const touchedTexts = {
  withoutGroup: 'without group',
  furtherGroups: 'nodes in further groups: {count}',
  bmcs: 'BMCs in {networks}',
} as const;

/** What a stage touches, short enough to be asked about: counts by group and reason, exceptions by name. */
export function touchedLines(nodes: readonly StageNode[], say: Say): string[] {
  const groups = countBy(nodes, ({ target }) => target.groupName);
  const reasons = countBy(nodes, whyOf(say));
  const [why = ''] = reasons.keys();
  const isOne = reasons.size === 1 && groups.size > 1;
  const lines = [...groups].map(([group, members]) => {
    const counts = isOne ? [String(members.length)] : countsOf(countBy(members, whyOf(say)));
    return `${group === '' ? say(touchedTexts.withoutGroup) : group}: ${counts.join(', ')}`;
  });
  const hidden = [...groups.values()].slice(mostGroups).reduce((count, members) => count + members.length, 0);
  const shown = [
    ...lines.slice(0, mostGroups),
    ...(hidden === 0 ? [] : [say(touchedTexts.furtherGroups, { count: hidden })]),
  ];
  // One reason of all is told once, and the groups need no lines of their own.
  const told = isOne ? [`${String(nodes.length)} ${why}`, shown.join(', ')] : shown;
  return [...told, ...exceptions(nodes, say)];
}

function countsOf(reasons: ReadonlyMap<string, readonly StageNode[]>): string[] {
  return [...reasons].map(([why, all]) => `${String(all.length)} ${why}`);
}

/** Whom the restart leaves alone, by reason; by name where they are few and it is not that they run already. */
export function leftLines({ plan }: Pick<DecidedRestart, 'plan'>, say: Say): string[] {
  const left = plan.nodes.filter(({ action, reason }) => action === 'leave' && reason !== 'not-in-mapping');
  if (left.length === 0) return [];
  const reasons = [...countBy(left, ({ reason }) => reason)].map(([reason, all]) => {
    const names = reason === 'booted' || all.length > mostNamed ? '' : ` (${namesOf(all)})`;
    return `${String(all.length)} ${say(reasonTexts[reason])}${names}`;
  });
  return [`${say(planTexts.leave)}: ${reasons.join(', ')}`];
}

/** The networks of the BMCs: which cluster it is, where nothing else names it. Empty without an address. */
export function bmcNetworks(nodes: readonly Pick<StageNode, 'target'>[], say: Say): string {
  const addresses = nodes.map(({ target }) => parseIpv4(strip(target.bmcIp))).filter((one) => one !== undefined);
  if (addresses.length === 0) return '';
  const prefix = [24, 16, 8].find((bits) => networksOf(addresses, bits).length <= mostNetworks) ?? 0;
  return say(touchedTexts.bmcs, { networks: networksOf(addresses, prefix).join(', ') });
}

/** All that is told of a stage before somebody agrees, as Markdown: what the question leaves out is here. */
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

function listed([title = '', ...items]: readonly string[]): Markdown {
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

/** Reasons of few nodes; of all of them when there are no more than that. */
function exceptions(nodes: readonly StageNode[], say: Say): string[] {
  return [...countBy(nodes, whyOf(say))]
    .filter(([, members]) => members.length <= mostNamed)
    .map(([why, members]) => `${why}: ${namesOf(members)}`);
}

function namesOf(nodes: readonly Pick<StageNode, 'target'>[]): string {
  return nodes.map(({ target: { hostname, bmcIp } }) => (hostname === '' ? bmcIp : hostname)).join(', ');
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
