import { commands } from './commands/commands.ts';
import { codeActions } from './features/codeAction.ts';
import { codeLens } from './features/codeLens.ts';
import { completion } from './features/completion.ts';
import { definition } from './features/definition.ts';
import { documentHighlight } from './features/documentHighlight.ts';
import { documentSymbol } from './features/documentSymbol.ts';
import { foldingRange } from './features/foldingRange.ts';
import { formatting } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHint } from './features/inlayHint.ts';
import { references } from './features/references.ts';
import { rename } from './features/rename.ts';
import { selectionRange } from './features/selectionRange.ts';
import { semanticTokens } from './features/semanticTokens.ts';
import { workspaceSymbol } from './features/workspaceSymbol.ts';
import type { Feature } from './session.ts';

/** The features for every editor: those of LSP, and the commands that the server carries out itself. */
export const languageFeatures: readonly Feature[] = [
  codeActions,
  codeLens,
  commands,
  completion,
  definition,
  documentHighlight,
  documentSymbol,
  foldingRange,
  formatting,
  hover,
  inlayHint,
  references,
  rename,
  selectionRange,
  semanticTokens,
  workspaceSymbol,
];
