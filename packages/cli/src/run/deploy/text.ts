import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { DeployPlan } from '@omnia-buildstream/core/plan/planDeploy';
import type { DeployEvent, DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import type { BmcCheck } from '@omnia-buildstream/engine/deploy/settings';
import { formatTable } from '../../table.ts';
import { durationText } from '../restart/progress.ts';

export interface DeployPlanContext {
  /** Name of the provisioner. */
  readonly target: Phrase;
  readonly outdated: readonly string[];
  /** What nodes will still be missing. */
  readonly notes: readonly Phrase[];
  /** `restarted`: those of the nodes that the restart stage boots next. */
  readonly bmcCheck: BmcCheck | { readonly kind: 'restarted'; readonly count: number };
}

/** The plan for people: which node gets which image, what is removed, what is not checked. */
export function deployPlanText(plan: DeployPlan, { target, outdated, notes, bmcCheck }: DeployPlanContext): string {
  const count = `${String(plan.nodes.length)} of ${String(plan.nodes.length + plan.lacking.length)} nodes`;
  const blocks = [`Image group ${plan.imageGroup}: ${count} can be deployed. ${wordsOf(target)}.`];
  if (plan.nodes.length > 0) {
    const lines = plan.nodes.map(({ target: { hostname, functionalGroup, adminIp }, mac, image }) => {
      return [hostname, functionalGroup, mac, adminIp, image.name];
    });
    blocks.push('', formatTable(['NODE', 'ROLE', 'ADMIN_MAC', 'ADMIN_IP', 'IMAGE'], lines));
  }
  if (outdated.length > 0)
    blocks.push('', `Removed, because the mapping file has no such node: ${plainLine(outdated.join(', '))}`);
  for (const note of notes) blocks.push('', `! ${plainLine(wordsOf(note))}`);
  if (bmcCheck.kind === 'none') blocks.push('', '! No BMC is checked.');
  if (bmcCheck.kind === 'only')
    blocks.push('', `! Only these BMCs are checked: ${plainLine(bmcCheck.hostnames.join(', '))}.`);
  if (bmcCheck.kind === 'restarted') {
    blocks.push('', restartedText(bmcCheck.count));
  }
  return `${blocks.join('\n')}\n`;
}

function restartedText(count: number): string {
  if (count === 0) return 'No BMC is checked, because no node is restarted.';
  return `Only the BMCs of the nodes to restart (${String(count)}) are asked whether they answer.`;
}

/** A line for what people want to see go by; undefined for other events. */
export function deployEventLine(event: DeployEvent): string | undefined {
  if (event.type === 'stage-note') return `${noteMarks[event.level]}${event.text}`;
  if (event.type !== 'node-finished') return undefined;
  const { status, hostname, message, advice, change } = event;
  if (status === 'failed') return `FAILED     ${hostname}: ${message} ${advice}`;
  return `${(change ?? '').padEnd(9)}  ${hostname}: ${event.image}`;
}

const noteMarks = { error: 'ERROR  ', warning: '! ', info: '' } as const;

/** `isAlone`: no other stage follows by itself. */
export function deploySummaryText(summary: DeploySummary, isAlone = true): string {
  const { outcome, created, updated, unchanged, failed, notTried, findings, durationMs } = summary;
  const counts = [
    `${String(created)} created`,
    `${String(updated)} updated`,
    `${String(unchanged)} unchanged`,
    `${String(failed)} failed`,
    `${String(notTried)} not tried`,
  ];
  const lines = [`${counts.join(', ')} in ${durationText(durationMs)}.`];
  if (outcome === 'preflight-failed') {
    lines.push(
      `Nothing was changed: ${String(findings)} ${findings === 1 ? 'problem has' : 'problems have'} to be corrected first.`,
    );
  }
  if (outcome === 'stopped') lines.push('Stopped. The same command does what is left.');
  if (failed > 0) lines.push('The same command tries the failed nodes again and leaves the others as they are.');
  if (outcome === 'deployed' && created + updated === 0) {
    lines.push('Nothing was changed: every node has its boot configuration already.');
  }
  if (outcome === 'deployed' && isAlone) lines.push('Next: buildstream run restart.');
  return `${lines.join('\n')}\n`;
}
