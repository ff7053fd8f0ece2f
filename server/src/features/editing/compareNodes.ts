import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { compareDocument } from '@omnia-buildstream/core/nodes/compareDocument';
import { compareNodes as compare } from '@omnia-buildstream/core/nodes/compareNodes';
import { omniaTargetsOf } from '@omnia-buildstream/core/plan/targets';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { RequestType } from 'vscode-languageserver';
import type { CompareNodesRequest } from '../../tableProtocol.ts';
import type { Feature } from '../../session.ts';
import { planMapping } from '../plan.ts';

const request = new RequestType<CompareNodesRequest['params'], CompareNodesRequest['result'], void>(
  'buildstream/compareNodes' satisfies CompareNodesRequest['method'],
);

/**
 * `buildstream/compareNodes`: compares two versions of a mapping file by node, and says what a deploy of the second
 * restarts.
 */
export const compareNodes: Feature = (session) => {
  session.connection.onRequest(request, async ({ mappingUri, before, after }) => {
    const own = await session.pairs.of(mappingUri);
    if (own.mapping === undefined) return null;
    const { version, settings } = own.mapping.model;
    const files = compare(before.text, after.text, version);
    // No rules, so nothing is judged: only the rows are needed.
    const model = new MappingModel(new CsvDocument(after.text), [], settings);
    const committed = omniaTargetsOf(before.text, version);
    const decision = await planMapping(session, own, { uri: mappingUri, model, committed });
    const names = { before: before.name, after: after.name };
    return { markdown: String(compareDocument(files, names, decision, session.say)) };
  });
  return {};
};
