import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import type { Say } from '@omnia-buildstream/core/text/message';
import type { Connection, ServerCapabilities } from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { ContextFiles } from './context/contextFiles.ts';
import type { CommittedTexts } from './committedTexts.ts';
import type { Documents } from './documents.ts';
import type { FailedNodesFile } from './nodes/failedNodesFile.ts';
import type { FailedNodesValidation } from './diagnostics/failedNodesValidation.ts';
import type { NodeNews } from './nodes/nodeNews.ts';
import type { NodePairs } from './nodes/nodePairs.ts';
import { nodeView, type NodeView } from './nodes/nodeView.ts';
import type { Validation } from './diagnostics/validation.ts';

/** What the features share. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: Documents;
  readonly files: ContextFiles;
  readonly validation: Validation;
  readonly pairs: NodePairs;
  readonly committed: CommittedTexts;
  readonly failedNodes: FailedNodesValidation;
  readonly news: NodeNews;
  readonly say: Say;
}

/** Registers the handlers of one feature. @returns the capabilities that announce it to the editor */
export type Feature = (session: Session) => ServerCapabilities;

/** Answers a request about an open mapping file; null for any other document. */
export function withModel<T>(
  { documents }: Session,
  { textDocument }: { readonly textDocument: { readonly uri: string } },
  answer: (model: MappingModel) => T,
): T | null {
  const document = documents.mapping(textDocument.uri);
  return document === undefined ? null : answer(document.model);
}

/** The nodes of a file and its counterpart, as they are now. */
export async function viewOf({ pairs, committed }: Session, uri?: string): Promise<NodeView> {
  return nodeView(await pairs.of(uri), committed);
}

/** Answers a request about an open failed_nodes.json with the help of its mapping file. */
export async function withFailedNodes<T>(
  session: Session,
  file: FailedNodesFile,
  answer: (view: NodeView & { readonly failed: FailedNodesFile }) => T | Promise<T>,
): Promise<T> {
  const mapping = await session.pairs.mappingFor(file.uri);
  const project = await session.pairs.projectOf({ mapping, failed: file });
  return answer({ ...nodeView(project, session.committed), failed: file });
}
