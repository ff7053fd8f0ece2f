import { planNodes } from '@omnia-buildstream/core/nodes/planNodes';
import type { RestartDecision } from '@omnia-buildstream/core/plan/decideRestart';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { pxeSwitches, switchFiles } from '@omnia-buildstream/core/plan/pxeSwitches';
import type { PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { planDocument } from '@omnia-buildstream/core/plan/planDocument';
import { planTexts } from '@omnia-buildstream/core/plan/planTexts';
import { md } from '@omnia-buildstream/core/text/markdown';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Say } from '@omnia-buildstream/core/text/message';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { RequestType } from 'vscode-languageserver';
import type { NodeProject } from '../nodes/nodePairs.ts';
import type { PlannedNodeInfo, PlanParams, PlanRequest, PlanResult } from '../protocol.ts';
import type { Feature, Session } from '../session.ts';

const request = new RequestType<PlanRequest['params'], PlanRequest['result'], void>(
  'buildstream/plan' satisfies PlanRequest['method'],
);

/** `buildstream/plan`: what the restart stage would do with the files as they are in the editor. */
export const plan: Feature = (session) => {
  session.connection.onRequest(request, async (params) => {
    const planned = await planOf(session, params);
    if (planned === null) return null;
    const { mappingUri, failedUri, decision, rowCount } = planned;
    return { mappingUri, failedUri, ...resultOf(decision, rowCount, session.say) };
  });
  return {};
};

/** What the restart stage would do with two files as they are in the editor. */
export interface PlannedFiles {
  readonly mappingUri: string;
  readonly failedUri: string | null;
  readonly decision: RestartDecision;
  readonly rowCount: number;
}

/** Null if there is no mapping file. */
export async function planOf(
  { files, pairs, committed }: Pick<Session, 'files' | 'pairs' | 'committed'>,
  { mappingUri, failedUri, imageGroup, restartStateText }: PlanParams,
): Promise<PlannedFiles | null> {
  const own = await pairs.of(mappingUri ?? failedUri);
  const other = mappingUri !== undefined && failedUri !== undefined ? await pairs.of(failedUri) : own;
  const [{ mapping }, { failed, isEngineList }] = [own, other];
  if (mapping === undefined) return null;
  const { model, uri } = mapping;
  const rows = committed.mapping(uri, model.version)?.targets;
  const known = { ...own, failed, isEngineList };
  const decision = await planMapping({ files }, known, { uri, model, committed: rows, restartStateText, imageGroup });
  return { mappingUri: uri, failedUri: failed?.uri ?? null, decision, rowCount: model.rowCount };
}

/** What the restart stage would do with a version of a mapping file, given what is known about its project. */
export async function planMapping(
  { files }: Pick<Session, 'files'>,
  { failed, isEngineList, engine, told }: NodeProject,
  asked: {
    readonly uri: string;
    readonly model: MappingModel;
    readonly committed: readonly Target[] | undefined;
    readonly restartStateText?: string | undefined;
    readonly imageGroup?: string | undefined;
  },
): Promise<RestartDecision> {
  const { uri, model, committed, restartStateText, imageGroup } = asked;
  const omnia = isEngineList ? undefined : failed?.document;
  const texts = new Map<string, string | undefined>();
  for (const name of Object.values(switchFiles)) texts.set(name, await files.beside(uri, name));
  const switches = pxeSwitches((name) => texts.get(name), model.version);
  const about = { committed, engine, restartStateText, imageGroup, switches };
  return planNodes({ mapping: model, failed: omnia, told, ...about });
}

function resultOf(answer: RestartDecision, rowCount: number, say: Say): Omit<PlanResult, 'mappingUri' | 'failedUri'> {
  if (answer.plan === undefined) {
    const markdown = md`# ${say(planTexts.title)}\n\n${sayProblems(answer.problems, say)}\n`;
    return { markdown: String(markdown), basis: null, boot: 0, total: rowCount, counts: {}, nodes: [] };
  }
  const { nodes } = answer.plan;
  const counts: Partial<Record<PlannedNode['reason'], number>> = {};
  for (const { reason } of nodes) counts[reason] = (counts[reason] ?? 0) + 1;
  return {
    markdown: String(planDocument(answer.plan, answer.basis, say)),
    basis: answer.basis,
    boot: nodes.filter(({ action }) => action === 'boot').length,
    total: nodes.length - (counts['not-in-mapping'] ?? 0),
    counts,
    nodes: nodes.map(infoOf),
  };
}

function infoOf({ target, action, reason, entry }: PlannedNode): PlannedNodeInfo {
  return {
    hostname: target.hostname,
    role: target.functionalGroup,
    group: target.groupName,
    bmcIp: target.bmcIp,
    serviceTag: target.serviceTag,
    action,
    reason,
    ...(entry !== undefined && { message: entry.message }),
    ...(target.line >= 0 && { row: target.line }),
  };
}
