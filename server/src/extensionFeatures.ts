import { changeTable } from './features/editing/changeTable.ts';
import { compareNodes } from './features/editing/compareNodes.ts';
import { newFile } from './features/editing/newFile.ts';
import { tableQuestions } from './features/editing/tableQuestions.ts';
import { committedText } from './features/committedText.ts';
import { encoding } from './features/encoding.ts';
import { markNodes } from './features/markNodes.ts';
import { nodes } from './features/nodes.ts';
import { plan } from './features/plan.ts';
import { inventory } from './features/inventory.ts';
import { removeNodes } from './features/removeNodes.ts';
import { languageFeatures } from './languageFeatures.ts';
import type { Feature } from './session.ts';

/** The features for our own extension, including the requests of `protocol.ts` and `tableProtocol.ts`. */
export const extensionFeatures: readonly Feature[] = [
  ...languageFeatures,
  changeTable,
  committedText,
  compareNodes,
  encoding,
  markNodes,
  newFile,
  nodes,
  plan,
  removeNodes,
  inventory,
  tableQuestions,
];
