import type { Range } from '../text/position.ts';
import type { FailedEntry, FailedNodesDocument } from './document.ts';

/** Where a fault of a whole entry is shown: its opening brace, never the whole of it. */
export function openingOf({ lines }: FailedNodesDocument, { node }: FailedEntry): Range {
  return lines.range(node.offset, node.offset + Math.min(1, node.length));
}
