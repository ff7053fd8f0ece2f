import { planDocument, planHeadline } from '@omnia-buildstream/core/plan/planDocument';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification } from 'vscode-languageserver';
import { inBackground } from '../background.ts';
import { marksOf } from '../features/markNodes.ts';
import { locate } from '../features/nodes.ts';
import { planOf } from '../features/plan.ts';
import type { NodePlace } from '../protocol.ts';
import { viewOf, type Feature, type Session } from '../session.ts';
import { strings } from '../strings.ts';
import { workspaceEdit } from '../workspaceEdit.ts';
import { isServed, served, type Served } from './served.ts';

/**
 * `workspace/executeCommand`, for editors without our extension. Marks are applied through `workspace/applyEdit`. The
 * plan is returned as Markdown, and its headline is shown as a message.
 */
export const commands: Feature = (session) => {
  if (session.client.speaksBuildstream) return {};
  session.connection.onExecuteCommand(async ({ command, arguments: given = [] }) => {
    if (!isServed(command)) return refuse(session.say(strings.noSuchCommand, { command }));
    return handlers[command](session, given);
  });
  return { executeCommandProvider: { commands: [...served] } };
};

type Handler = (session: Session, given: readonly unknown[]) => Promise<unknown>;

const handlers: Readonly<Record<Served, Handler>> = {
  'buildstream.markSuccessful': (session, given) => mark(session, given, 'success'),
  'buildstream.markFailed': (session, given) => mark(session, given, 'failed'),
  'buildstream.showInMapping': showInMapping,
  'buildstream.showPlan': showPlan,
};

async function mark(session: Session, [uri, bmcIps]: readonly unknown[], status: 'success' | 'failed') {
  const { say, client, connection } = session;
  const targets = targetsIn(bmcIps);
  if (typeof uri !== 'string' || targets === undefined) return refuse(say(strings.wrongArguments));
  const { edits, refused, failed } = await marksOf(session, { uri, bmcIps: targets, status });
  if (refused !== null) return refuse(refused);
  if (failed === undefined) return refuse(say(strings.noFailedNodes));
  if (edits.length === 0) return false;
  const { applied } = await connection.workspace.applyEdit(workspaceEdit(client, failed, edits));
  return applied;
}

function targetsIn(given: unknown): 'all' | readonly string[] | undefined {
  if (given === 'all') return given;
  return Array.isArray(given) && given.every((each) => typeof each === 'string') ? given : undefined;
}

async function showInMapping(session: Session, [bmcIp, uri]: readonly unknown[]) {
  const { say, client, connection } = session;
  if (typeof bmcIp !== 'string' || typeof uri !== 'string') return refuse(say(strings.wrongArguments));
  const place: NodePlace | null = locate(await viewOf(session, uri), bmcIp).mapping;
  if (place === null) return refuse(say(strings.noRow, { node: bmcIp }));
  if (client.canShowDocuments) {
    await connection.window.showDocument({ uri: place.uri, takeFocus: true, selection: place.range });
  }
  return place;
}

async function showPlan(session: Session, [uri]: readonly unknown[]) {
  const { say, connection, committed } = session;
  if (uri !== undefined && typeof uri !== 'string') return refuse(say(strings.wrongArguments));
  const pair = await session.pairs.of(uri);
  await Promise.all([pair.mapping?.uri, pair.failed?.uri].map((file) => committed.lookAgain(file)));
  const planned = await planOf(session, {
    ...(pair.mapping !== undefined && { mappingUri: pair.mapping.uri }),
    ...(pair.failed !== undefined && { failedUri: pair.failed.uri }),
  });
  if (planned === null) return refuse(say(strings.noMapping));
  const { decision } = planned;
  if (decision.plan === undefined) return refuse(sayProblems(decision.problems, say));
  inBackground(connection, () =>
    connection.sendNotification(ShowMessageNotification.type, {
      type: MessageType.Info,
      message: planHeadline(decision, say),
    }),
  );
  return { markdown: String(planDocument(decision.plan, decision.basis, say)) };
}

/** Editors show the message to the user. */
function refuse(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
