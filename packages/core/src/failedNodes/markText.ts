import { applyEdits } from '../text/applyEdits.ts';
import { readFailedNodesDocument } from './document.ts';
import type { NodeStatus } from './edits.ts';
import { entriesToMark, markEdits, type MarkTargets } from './marks.ts';

/** The text of failed_nodes.json with the status of some nodes set and without byte order mark; nothing else is changed. */
export function markText(text: string, targets: MarkTargets, status: NodeStatus): string {
  const document = readFailedNodesDocument(text);
  return applyEdits(document.text, markEdits(document, entriesToMark(document, targets, status), status));
}

const mostNames = 5;

/** The message of a commit that marks nodes. */
export function markMessage(names: readonly string[]): string {
  const more = names.length - mostNames;
  const rest = more > 0 ? ` and ${String(more)} more` : '';
  return `Mark ${names.slice(0, mostNames).join(', ')}${rest} as booted by hand`;
}
