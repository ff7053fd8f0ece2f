import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { stringOf } from '@omnia-buildstream/core/failedNodes/document';
import { decidingEntry, factsOf } from '@omnia-buildstream/core/failedNodes/entryText';
import { lastResetText } from '@omnia-buildstream/core/history/lastResetText';
import { countStates, type ModelNode, type NodeModel } from '@omnia-buildstream/core/nodes/nodeModel';
import { entryPlace, rowPlace } from '@omnia-buildstream/core/language/nodes/places';
import type { Say } from '@omnia-buildstream/core/text/message';
import { RequestType } from 'vscode-languageserver';
import type { LastResets } from '../nodes/historyFiles.ts';
import type { NodeView } from '../nodes/nodeView.ts';
import type { LocateNodeRequest, NodeInfo, NodeList, NodePlaces, NodesRequest } from '../protocol.ts';
import { viewOf, type Feature } from '../session.ts';

const nodesRequest = new RequestType<NodesRequest['params'], NodesRequest['result'], void>(
  'buildstream/nodes' satisfies NodesRequest['method'],
);
const locateRequest = new RequestType<LocateNodeRequest['params'], LocateNodeRequest['result'], void>(
  'buildstream/locateNode' satisfies LocateNodeRequest['method'],
);

/** `buildstream/nodes` and `buildstream/locateNode`: both files as one list of nodes. */
export const nodes: Feature = (session) => {
  session.connection.onRequest(nodesRequest, async ({ uri }) => {
    const view = await viewOf(session, uri);
    if (view.mapping === undefined && view.failed === undefined) return null;
    return listOf(view, await session.pairs.lastResetsOf(view), session.say);
  });
  session.connection.onRequest(locateRequest, async ({ uri, bmcIp }) => locate(await viewOf(session, uri), bmcIp));
  return {};
};

function listOf({ mapping, failed, nodes: model }: NodeView, lastResets: LastResets | undefined, say: Say): NodeList {
  const all = [...model.nodes()];
  const header = failed?.document.header ?? new Map();
  return {
    mappingUri: mapping?.uri ?? null,
    failedUri: failed?.uri ?? null,
    jobId: stringOf(header, 'job_id') ?? null,
    timestamp: stringOf(header, 'timestamp') ?? null,
    counts: countStates(all),
    retried: failed === undefined ? 0 : model.retried().length,
    nodes: all.map((node) => {
      const info = infoOf(model, node, say);
      const last = lastResets?.get(info.bmcIp);
      return last === undefined ? info : { ...info, lastReset: lastResetText(last, say) };
    }),
  };
}

function infoOf(model: NodeModel, { row, entries, state, isCommented }: ModelNode, say: Say): NodeInfo {
  const { mapping } = model;
  const entry = decidingEntry(entries);
  // The deciding entry can come from another list than this file, such as the stage engine's.
  const planned = row === undefined ? undefined : model.decisionOf(row)?.planned;
  const decided = state === 'failed' ? planned?.entry : undefined;
  const said = decided ?? (entry === undefined ? undefined : factsOf(entry));
  const isFailed = state === 'failed' && row !== undefined && said !== undefined;
  const since = isFailed ? model.failedSince(row, said.message) : planned?.bootedAt;
  const { cause, title, advice } = adviceFor(said ?? { message: '' });
  const field = (key: string): string => (entry === undefined ? '' : (stringOf(entry.fields, key) ?? ''));
  const parentServiceTag = row?.text.PARENT_SERVICE_TAG ?? '';
  const adminIp = row?.text.ADMIN_IP ?? '';
  return {
    hostname: row?.text.HOSTNAME ?? field('hostname'),
    role: row?.text.FUNCTIONAL_GROUP_NAME ?? '',
    group: row?.text.GROUP_NAME ?? '',
    bmcIp: row?.bmcKey ?? field('bmc_ip'),
    ...(adminIp !== '' && { adminIp }),
    serviceTag: row?.text.SERVICE_TAG ?? field('service_tag'),
    ...(parentServiceTag !== '' && { parentServiceTag }),
    state,
    ...(said !== undefined && { message: said.message, cause, causeTitle: say(title), advice: say(advice) }),
    ...(since !== undefined && { since }),
    ...(isCommented === true && { isCommented }),
    ...(entry !== undefined && { entry: entry.range.start.line }),
    ...(row !== undefined &&
      mapping !== undefined && { row: mapping.document.lineOf(mapping.document.indexOf(row.record)) }),
  };
}

/** The places of a node in both files. */
export function locate({ mapping, failed, nodes: model }: NodeView, bmcIp: string): NodePlaces {
  const [row] = model.rowsOf(bmcIp);
  const [entry] = model.entriesOf(bmcIp);
  return {
    mapping:
      row === undefined || mapping === undefined
        ? null
        : { uri: mapping.uri, range: rowPlace(mapping.model, row, 'BMC_IP') },
    failed:
      entry === undefined || failed === undefined
        ? null
        : { uri: failed.uri, range: entryPlace(failed.document, entry, 'bmc_ip') },
  };
}
