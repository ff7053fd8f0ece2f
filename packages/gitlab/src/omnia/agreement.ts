import type { PlanNotice } from '@omnia-buildstream/core/plan/plan';
import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { bootedBy } from './actionPlan.ts';
import { lackingRoles } from './imageCheck.ts';
import { isSameGroup } from './sameGroup.ts';
import type { MappingPlan } from './serverPlan.ts';
import type { Touches } from './touches.ts';

type Restarts = Extract<Touches, { kind: 'restarts' }>;

/** What goes beyond what the user agreed to before the image of a deploy was selected. */
export type Beyond =
  /** The user agreed to every node, and there are no new notices. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'more'; readonly nodes: readonly StageNode[]; readonly notices: readonly PlanNotice[] }
  /** It is another deploy, or its plan is no longer known. */
  | { readonly kind: 'another' };

/** An agreement to boot nodes also covers booting fewer of them, but nothing else. Pure. */
export function beyond(agreed: Restarts, now: Touches): Beyond {
  if (now.kind !== 'restarts' || !isSameDeploy(agreed, now)) return { kind: 'another' };
  const [before, after] = [plansOf(agreed), plansOf(now)];
  if (after.some(({ decision }) => decision.plan === undefined)) return { kind: 'another' };
  const known = new Set(before.flatMap(bootedBy).map(keyOf));
  const nodes = after.flatMap(bootedBy).filter((node) => !known.has(keyOf(node)));
  const told = new Set(before.flatMap(noticesOf).map((notice) => JSON.stringify(notice)));
  const notices = after.flatMap(noticesOf).filter((notice) => !told.has(JSON.stringify(notice)));
  return nodes.length + notices.length === 0 ? { kind: 'nothing' } : { kind: 'more', nodes, notices };
}

function isSameDeploy(agreed: Restarts, now: Restarts): boolean {
  return (
    agreed.deploys === now.deploys &&
    isSameGroup(agreed.imageGroup ?? '', now.imageGroup ?? '') &&
    (agreed.plan === undefined) === (now.plan === undefined) &&
    JSON.stringify(lackingRoles(agreed.images)) === JSON.stringify(lackingRoles(now.images)) &&
    JSON.stringify(agreed.since) === JSON.stringify(now.since)
  );
}

function plansOf({ plan, branchPlan }: Restarts): MappingPlan[] {
  return [plan, branchPlan].filter((one) => one !== undefined);
}

function noticesOf({ decision }: MappingPlan): readonly PlanNotice[] {
  return decision.plan?.notices ?? [];
}

function keyOf({ target: { bmcIp, hostname } }: StageNode): string {
  return `${bmcIp} ${hostname}`;
}
