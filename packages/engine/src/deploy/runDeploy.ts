import { inSentences, phrase, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import type { DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import {
  ProvisionError,
  type BootNode,
  type BootProvisioner,
  type BootRequest,
  type ProvisionedNode,
  type ProvisionReason,
} from '../ports/bootProvisioner.ts';
import type { RoleImage } from '../ports/images.ts';
import type { DeployEvent, DeployOutcome, DeploySummary } from './events.ts';
import { changeTexts, deployTexts, provisionAdviceTexts } from './deployTexts.ts';
import { findingText, type PreflightFinding } from './finding.ts';
import { preflight, type PreflightInput } from './preflight.ts';

export interface DeployInput extends PreflightInput {
  /** Empty when nobody named one. */
  readonly jobId: string;
  readonly provisioner: BootProvisioner;
  readonly emit: (event: DeployEvent) => void;
  /** Aborts: nothing is handed over that is not being handed over already. */
  readonly stop: AbortSignal;
  /**
   * Aborts: everything ends at once. The same request can be repeated to continue, because handing over is idempotent.
   */
  readonly stopAtOnce: AbortSignal;
}

/**
 * Runs the deploy stage: checks everything and reports all findings; only if there are none, it hands over the boot
 * configuration of all nodes. Never rejects for expected failures.
 */
export async function runDeploy(input: DeployInput): Promise<DeploySummary> {
  const { plan, jobId, clock, emit } = input;
  const startMs = clock.monotonic();
  const total = plan.nodes.length + plan.lacking.length;
  const at = (): string => new Date(clock.now()).toISOString();
  const about = { imageGroup: plan.imageGroup, jobId, total, finishedBefore: 0, resumed: false };
  emit({ type: 'stage-started', at: at(), stage: 'deploy', ...about });
  const note: Note = (level, said, line) => {
    const where = line === undefined ? {} : { line };
    emit({ type: 'stage-note', at: at(), stage: 'deploy', level, text: wordsOf(said), ...where, said });
  };
  const { outcome, failure, nodes = [], findings = 0 } = await stage(input, note);
  const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 };
  const bmcIpOf = new Map(plan.nodes.map(({ mac, target }) => [mac, target.bmcIp]));
  for (const node of nodes) {
    counts[node.change]++;
    emit(finished(node, bmcIpOf.get(node.node.mac) ?? '', at()));
  }
  const durationMs = Math.round(clock.monotonic() - startMs);
  const left = { notTried: total - nodes.length, findings, durationMs };
  const summary: DeploySummary = { outcome, ...(failure !== undefined && { failure }), ...counts, ...left };
  emit({ type: 'stage-finished', at: at(), stage: 'deploy', ...summary });
  return summary;
}

interface StageResult {
  readonly outcome: DeployOutcome;
  readonly failure?: ProvisionReason;
  readonly nodes?: readonly ProvisionedNode[];
  readonly findings?: number;
}

type Note = (level: 'info' | 'warning' | 'error', said: Said, line?: number) => void;

async function stage(input: DeployInput, note: Note): Promise<StageResult> {
  const { provisioner, plan, jobId, stop, stopAtOnce, bmcCheck } = input;
  if (bmcCheck.kind !== 'all') note('warning', bmcCheckText(bmcCheck));
  try {
    const findings = await preflight(input, AbortSignal.any([stop, stopAtOnce]));
    if (findings.length > 0) {
      for (const finding of findings) note('error', findingText(finding), lineOf(finding, plan));
      return { outcome: 'preflight-failed', findings: findings.length };
    }
    if (stop.aborted) return { outcome: 'stopped' };
    const nodes = await provisioner.provision(bootRequest(plan, jobId), stopAtOnce, note);
    return { outcome: nodes.some(({ change }) => change === 'failed') ? 'some-failed' : 'deployed', nodes };
  } catch (error) {
    if (stop.aborted || stopAtOnce.aborted) return { outcome: 'stopped' };
    if (!(error instanceof ProvisionError)) throw error;
    const why = inSentences([error.said, phrase(provisionAdviceTexts[error.reason])]);
    note('error', phrase(deployTexts.gaveUp, { target: provisioner.name, why }));
    return { outcome: 'provisioner-failed', failure: error.reason };
  }
}

/** The row that a finding is about, if there is one. */
function lineOf(finding: PreflightFinding, { nodes, lacking }: DeployInput['plan']): number | undefined {
  if (finding.check === 'row') return finding.line;
  if (finding.check !== 'bmc') return undefined;
  const rows = [...nodes, ...lacking].map(({ target }) => target);
  return rows.find(({ hostname, bmcIp }) => hostname === finding.hostname && bmcIp === finding.bmcIp)?.line;
}

function bmcCheckText(check: Exclude<DeployInput['bmcCheck'], { readonly kind: 'all' }>): Said {
  if (check.kind === 'none') return phrase(deployTexts.noBmcCheck);
  return phrase(deployTexts.someBmcsChecked, { nodes: check.hostnames.join(', ') });
}

/** What is handed over: the nodes of the plan whose image says how it is booted. */
export function bootRequest({ imageGroup, nodes }: DeployPlan<RoleImage>, jobId: string): BootRequest {
  return {
    imageGroup,
    jobId,
    nodes: nodes.flatMap(({ target, mac, image }): BootNode[] => {
      if (image.boot === undefined) return [];
      const { hostname, adminIp: ip, functionalGroup: role } = target;
      return [{ hostname, mac, ip, role, image: image.name, boot: image.boot }];
    }),
  };
}

function finished(result: ProvisionedNode, bmcIp: string, at: string): DeployEvent {
  const { node, change } = result;
  const { hostname, image } = node;
  const about = { type: 'node-finished', at, stage: 'deploy', bmcIp, hostname, image } as const;
  if (change !== 'failed') {
    const said = phrase(changeTexts[change], { image });
    return { ...about, status: 'success', change, failure: undefined, message: wordsOf(said), advice: '', said };
  }
  const { reason, detail } = result;
  const advice = provisionAdviceTexts[reason];
  const said = detail === '' ? '' : inSentences([detail]);
  return { ...about, status: 'failed', change: undefined, failure: reason, message: wordsOf(said), advice, said };
}
