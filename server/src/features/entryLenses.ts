import { bmcIpOf, isMarked } from '@omnia-buildstream/core/failedNodes/entryText';
import { openingOf } from '@omnia-buildstream/core/failedNodes/places';
import type { Say } from '@omnia-buildstream/core/text/message';
import type { CodeLens, Command } from 'vscode-languageserver';
import type { FailedNodesFile } from '../nodes/failedNodesFile.ts';
import type { NodeView } from '../nodes/nodeView.ts';
import type { ClientCommands } from '../protocol.ts';
import { strings } from '../strings.ts';

/** More lenses make editors slow; the code actions remain available. */
const maxEntries = 2_000;

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** A summary at the top, and above each entry its possible actions. */
export function entryLenses(view: NodeView & { readonly failed: FailedNodesFile }, say: Say): CodeLens[] {
  const { nodes, failed } = view;
  const { uri, document } = failed;
  if (document.header.get('failed_nodes')?.node.type !== 'array') return [];
  const lenses: CodeLens[] = [{ range: top, command: command('buildstream.showPlan', summary(view, say), [uri]) }];
  let line = -1;
  for (const entry of document.entries.slice(0, maxEntries)) {
    const bmcIp = bmcIpOf(entry);
    const range = openingOf(document, entry);
    // In a file with a single line, all lenses would be in the same place.
    if (bmcIp === undefined || range.start.line === line) continue;
    ({ line } = range.start);
    const mark = isMarked(entry)
      ? command('buildstream.markFailed', say(strings.lensMarkBack), [uri, [bmcIp]])
      : command('buildstream.markSuccessful', say(strings.lensMark), [uri, [bmcIp]]);
    lenses.push({ range, command: mark });
    if (nodes.rowsOf(bmcIp).length === 0) continue;
    lenses.push({ range, command: command('buildstream.showInMapping', say(strings.lensShowRow), [bmcIp, uri]) });
  }
  return lenses;
}

/** "2 failed · 1 marked · 2 will be tried again" */
function summary({ nodes }: NodeView, say: Say): string {
  const { failed, marked } = nodes.listed();
  if (failed + marked === 0) return say(strings.lensNothing);
  const retried = nodes.retried().length;
  return [
    say(strings.lensFailed, { count: failed }),
    say(strings.lensMarked, { count: marked }),
    say(strings.lensRetried, { count: retried }),
  ].join(' · ');
}

function command<Name extends keyof ClientCommands>(name: Name, title: string, args: ClientCommands[Name]): Command {
  return { command: name, title, arguments: [...args] };
}
