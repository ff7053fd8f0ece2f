import { blocks, bullets, md, sayMarkdown, table, type Markdown } from '../text/markdown.ts';
import type { Say } from '../text/message.ts';
import type { DecidedRestart, PlanBasis } from './decideRestart.ts';
import type { Plan, PlannedNode, PlanNotice } from './plan.ts';
import { noticeTexts, planTexts, reasonTexts } from './planTexts.ts';

/** The plan as Markdown, for people: what happens first, then what does not, then what to note. */
export function planDocument(plan: Plan, basis: PlanBasis, say: Say): Markdown {
  const boot = plan.nodes.filter(({ action }) => action === 'boot');
  const leave = plan.nodes.filter(({ action }) => action === 'leave');
  const document = blocks([
    md`# ${say(planTexts.title)}`,
    plan.imageGroup === ''
      ? md`${say(planTexts.anyImage)}`
      : sayMarkdown(say, planTexts.image, { image: md`**${plan.imageGroup}**` }),
    md`**${planHeadline({ plan, basis }, say)}**`,
    ...quoted(basisText(basis, say)),
    ...notices(plan.notices, say),
    ...section(say(planTexts.boot), boot, say),
    ...section(say(planTexts.leave), leave, say),
  ]);
  return md`${document}\n`;
}

/** How many nodes are booted, in a sentence. */
export function planHeadline({ plan: { nodes }, basis }: DecidedRestart, say: Say): string {
  const boot = nodes.filter(({ action }) => action === 'boot');
  if (boot.length === 0) return say(planTexts.nothing);
  const total = nodes.filter(({ reason }) => reason !== 'not-in-mapping').length;
  // The management server leaves alone what it has booted; the stage engine boots what the plan says.
  return say(basis === 'not-known' || basis === 'list-only' ? planTexts.upTo : planTexts.count, {
    count: boot.length,
    total,
  });
}

/** How sure the plan is, in a sentence; empty when it is. */
export function basisText(basis: PlanBasis, say: Say): string {
  switch (basis) {
    case 'state':
      return '';
    case 'assumed':
      return say(planTexts.assumed);
    case 'list-only':
      return say(planTexts.listOnly);
    case 'list-only-here':
      return say(planTexts.listOnlyHere);
    case 'never-restarted':
      return say(planTexts.neverRestarted);
    case 'not-known':
      return say(planTexts.notKnown);
    case 'no-run-known':
      return say(planTexts.noRunKnown);
  }
}

/** Counts by reason in the order of their first node: "3 failed in the last run, 2 new in the mapping file". */
export function reasonCounts(nodes: readonly PlannedNode[], say: Say): string {
  const counts = new Map<PlannedNode['reason'], number>();
  for (const { reason } of nodes) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${String(count)} ${say(reasonTexts[reason])}`).join(', ');
}

function quoted(text: string): Markdown[] {
  return text === '' ? [] : [md`> ${text}`];
}

function notices(list: readonly PlanNotice[], say: Say): Markdown[] {
  if (list.length === 0) return [];
  const lines = list.map((notice) => {
    const { kind, ...params } = notice;
    return say(noticeTexts[kind], params);
  });
  return [md`## ${say(planTexts.notices)}`, bullets(lines)];
}

function section(title: string, nodes: readonly PlannedNode[], say: Say): Markdown[] {
  if (nodes.length === 0) return [];
  const head = [planTexts.node, planTexts.role, planTexts.bmc, planTexts.why, planTexts.message].map((text) =>
    say(text),
  );
  const lines = nodes.map(({ target, reason, entry }) => [
    target.hostname,
    target.functionalGroup,
    target.bmcIp,
    say(reasonTexts[reason]),
    entry?.message ?? '',
  ]);
  return [md`## ${title} (${nodes.length})`, md`${reasonCounts(nodes, say)}`, table(head, lines)];
}
