import { engineCauseIn } from '../failedNodes/engineCauses.ts';
import type { FailedNode, FailedNodes } from '../failedNodes/types.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { joined } from './changeTexts.ts';
import type { ObstacleKind } from './obstacles.ts';
import type { BootedNode, RestartState } from './restartState.ts';
import type { Target } from './targets.ts';

/**
 * Why a node is booted.
 * - `new`: no earlier run of this image group knew it.
 * - `failed`: the list says `failed`.
 * - `not-booted`: known, but no run has booted it yet (it was not reached, or its entry was deleted).
 * - `other-status`: the list has a status that Omnia does not know, such as "Success"; ignored, so not booted yet.
 * - `another-image-group`: the state belongs to another image group, so every node is booted again.
 * - `not-known`: it is unknown here whether it was booted, so it may be.
 */
export type BootReason = 'new' | 'failed' | 'not-booted' | 'other-status' | 'another-image-group' | 'not-known';

/**
 * Why a node is left alone.
 * - `booted`: an earlier run booted it. `marked`: the operator marked it `success`, now or before.
 * - `not-in-mapping`: only the list of failed nodes has it. `no-bmc-ip`: the row has none.
 * - `duplicate-bmc-ip`: an earlier row has the same; the bookkeeping cannot tell them apart.
 * - `pxe-boot-off`: Omnia's settings switch the PXE boot off. `not-restarted`: they only have the boot source set.
 */
export type LeaveReason =
  | 'booted'
  | 'marked'
  | 'not-in-mapping'
  | 'no-bmc-ip'
  | 'duplicate-bmc-ip'
  | 'pxe-boot-off'
  | 'not-restarted';

export interface PlannedNode {
  readonly action: 'boot' | 'leave';
  readonly reason: BootReason | LeaveReason;
  /** For `not-in-mapping` made of the entry; its line is -1. */
  readonly target: Target;
  /** The entry of the list for this BMC_IP, when there is one; of several the last. */
  readonly entry: FailedNode | undefined;
  /** When it was booted, ISO 8601, for `booted` and `marked`. */
  readonly bootedAt: string | undefined;
}

/** Facts about the whole plan that people should read before they agree; the most serious first. */
export type PlanNotice =
  /** Omnia's settings leave these nodes as they are, or have only their boot source set. */
  | { readonly kind: 'pxe-boot-off' | 'boot-source-only'; readonly count: number }
  /** Other settings of Omnia that change what a restart does. */
  | { readonly kind: SwitchKind }
  | { readonly kind: 'other-boot-target'; readonly target: string }
  | { readonly kind: 'registration-wait'; readonly minutes: number }
  /** Slurm workers that the next deploy drains, ends the jobs of and takes out, because their row is gone. */
  | { readonly kind: 'retired-row'; readonly count: number; readonly nodes: string }
  /** The same, because their row has another role. */
  | { readonly kind: 'retired-role'; readonly count: number; readonly nodes: string }
  /** The stage ends before it boots a node; lines from 1. */
  | { readonly kind: ObstacleKind; readonly count: number; readonly lines: string; readonly values: string }
  /** Nodes to boot for which the last run could not determine whether it had reset them. */
  | { readonly kind: 'reset-in-doubt'; readonly count: number; readonly nodes: string }
  /** What earlier keys of these names say is not read. */
  | { readonly kind: 'doubled-keys'; readonly keys: string }
  /** Nodes that start with `#` in the file and are booted nevertheless. */
  | { readonly kind: 'commented-out'; readonly count: number; readonly nodes: string }
  /** Nodes that start with `#` in the file: a restart from here leaves them out, Omnia restarts them. */
  | { readonly kind: 'commented-elsewhere'; readonly count: number; readonly nodes: string }
  /** Nodes without a row any more, other than Slurm workers. */
  | { readonly kind: 'removed-row'; readonly count: number; readonly nodes: string }
  /** Rows that are not where they were, or were inserted between others. */
  | { readonly kind: 'rows-moved'; readonly count: number; readonly nodes: string }
  /** Everything starts from nothing; `from` is the image group of the state. */
  | { readonly kind: 'another-image-group'; readonly from: string; readonly to: string; readonly bootedBefore: number }
  /** The state does not name its image group (Omnia wrote it). */
  | { readonly kind: 'image-group-not-recorded'; readonly assumed: string }
  /** A `failed` entry has no effect, because the node is already in the booted list (omnia.md 3.3, item 3). */
  | { readonly kind: 'failed-but-booted'; readonly bmcIp: string }
  /** The other side booted this many of the nodes to boot; the side that runs the stage does not know it. */
  | { readonly kind: 'booted-elsewhere'; readonly count: number }
  /** A status that Omnia ignores. */
  | { readonly kind: 'unknown-status'; readonly bmcIp: string; readonly status: string };

type SwitchKind =
  | 'pxe-boot-off-elsewhere'
  | 'graceful-restart'
  | 'override-continuous'
  | 'override-once'
  | 'override-disabled'
  | 'no-registration';

/** What a restart would do; made once, shown by every front end, run by the engine. */
export interface Plan {
  readonly stage: 'restart';
  readonly imageGroup: string;
  readonly version: OmniaVersion;
  /** Rows in file order, then the entries that are not in the mapping file. */
  readonly nodes: readonly PlannedNode[];
  /** What the booted list is when the run begins: that of the state and the nodes marked since. */
  readonly booted: readonly BootedNode[];
  readonly notices: readonly PlanNotice[];
}

export interface PlanInput {
  readonly rows: readonly Target[];
  readonly failedNodes: FailedNodes;
  readonly restartState: RestartState;
  readonly imageGroup: string;
  /** Decides nothing about the nodes: all versions share the rule. Kept for whoever shows or runs the plan. */
  readonly version: OmniaVersion;
}

/**
 * Which nodes a restart boots (omnia.md section 3.3), keyed by the text of BMC_IP alone:
 *
 *     ((BMC_IPs of the file − booted) ∪ failed) ∩ BMC_IPs of the file − booted
 *
 * where entries with exactly `success` are booted, and entries with exactly `failed` are failed. Another image group
 * starts from nothing: neither state nor list count.
 */
export function planRestart({ rows, failedNodes, restartState, imageGroup, version }: PlanInput): Plan {
  const from = restartState.imageGroup;
  const isFresh = from !== undefined && from !== imageGroup;
  const entries = isFresh ? [] : failedNodes.entries;
  const before = isFresh ? [] : restartState.bootedNodes;
  const booted = withMarked(before, entries);
  const context: Context = {
    isFresh,
    bootedOf: new Map(booted.map((node) => [node.bmcIp, node])),
    entryOf: new Map(entries.map((entry) => [entry.bmcIp, entry])),
    failed: new Set(entries.filter(({ status }) => status === 'failed').map(({ bmcIp }) => bmcIp)),
    known: new Set(restartState.previousInventory.map(({ bmcIp }) => bmcIp)),
  };
  const seen = new Set<string>();
  const nodes = rows.map((target): PlannedNode => {
    if (target.bmcIp === '') return leave('no-bmc-ip', target);
    if (seen.has(target.bmcIp)) return leave('duplicate-bmc-ip', target);
    seen.add(target.bmcIp);
    return decide(target, context);
  });
  for (const entry of context.entryOf.values()) {
    if (!seen.has(entry.bmcIp)) nodes.push({ ...leave('not-in-mapping', targetOf(entry)), entry });
  }
  const notices = [
    ...doubtNotices(nodes, failedNodes.entries),
    ...doubledNotices(failedNodes),
    ...stateNotices(restartState, imageGroup),
    ...entryNotices(entries, before),
  ];
  return { stage: 'restart', imageGroup, version, nodes, booted, notices };
}

interface Context {
  readonly isFresh: boolean;
  readonly bootedOf: ReadonlyMap<string, BootedNode>;
  readonly entryOf: ReadonlyMap<string, FailedNode>;
  readonly failed: ReadonlySet<string>;
  readonly known: ReadonlySet<string>;
}

function decide(target: Target, { isFresh, bootedOf, entryOf, failed, known }: Context): PlannedNode {
  const entry = entryOf.get(target.bmcIp);
  const booted = bootedOf.get(target.bmcIp);
  if (booted !== undefined) {
    const reason = booted.manuallyBooted ? 'marked' : 'booted';
    return { ...leave(reason, target), entry, bootedAt: booted.bootedAt };
  }
  const reason = ((): BootReason => {
    if (isFresh) return 'another-image-group';
    if (failed.has(target.bmcIp)) return 'failed';
    if (entry !== undefined) return 'other-status';
    return known.has(target.bmcIp) ? 'not-booted' : 'new';
  })();
  return { action: 'boot', reason, target, entry, bootedAt: undefined };
}

/** The booted list with the entries marked `success`, each BMC_IP once. */
function withMarked(before: readonly BootedNode[], entries: readonly FailedNode[]): BootedNode[] {
  const booted = [...before];
  const known = new Set(before.map(({ bmcIp }) => bmcIp));
  for (const { bmcIp, hostname, status } of entries) {
    if (status !== 'success' || known.has(bmcIp)) continue;
    known.add(bmcIp);
    booted.push({ bmcIp, hostname, bootedAt: undefined, manuallyBooted: true });
  }
  return booted;
}

function leave(reason: LeaveReason, target: Target): PlannedNode {
  return { action: 'leave', reason, target, entry: undefined, bootedAt: undefined };
}

function targetOf({ bmcIp, hostname, serviceTag }: FailedNode): Target {
  const unknown = { functionalGroup: '', groupName: '', adminIp: '', adminMac: '', line: -1 };
  return { bmcIp, hostname, serviceTag, ...unknown };
}

/** Another image group starts from nothing, and resets such a node nevertheless. */
function doubtNotices(nodes: readonly PlannedNode[], entries: readonly FailedNode[]): PlanNotice[] {
  const entryOf = new Map(entries.map((entry) => [entry.bmcIp, entry]));
  const inDoubt = nodes.filter(({ action, target }) => {
    const entry = entryOf.get(target.bmcIp);
    return action === 'boot' && entry?.status === 'failed' && engineCauseIn(entry.message) === 'reset-unconfirmed';
  });
  const names = inDoubt.map(({ target: { hostname, bmcIp } }) => (hostname === '' ? bmcIp : hostname));
  return names.length === 0 ? [] : [{ kind: 'reset-in-doubt', count: names.length, nodes: joined(names) }];
}

function doubledNotices({ doubledKeys = [] }: FailedNodes): PlanNotice[] {
  return doubledKeys.length === 0 ? [] : [{ kind: 'doubled-keys', keys: doubledKeys.join(', ') }];
}

function stateNotices({ imageGroup: from, updatedAt, bootedNodes }: RestartState, to: string): PlanNotice[] {
  if (from === undefined) {
    // Without a name there is no other group to confuse it with.
    return updatedAt === undefined || to === '' ? [] : [{ kind: 'image-group-not-recorded', assumed: to }];
  }
  return from === to ? [] : [{ kind: 'another-image-group', from, to, bootedBefore: bootedNodes.length }];
}

function entryNotices(entries: readonly FailedNode[], before: readonly BootedNode[]): PlanNotice[] {
  const booted = new Set(before.map(({ bmcIp }) => bmcIp));
  return entries.flatMap(({ bmcIp, status }): PlanNotice[] => {
    if (status === 'failed') return booted.has(bmcIp) ? [{ kind: 'failed-but-booted', bmcIp }] : [];
    return status === 'success' ? [] : [{ kind: 'unknown-status', bmcIp, status }];
  });
}
