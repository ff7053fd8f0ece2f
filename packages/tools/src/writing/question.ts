import { plainText } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine } from '@omnia-buildstream/core/text/terminal';
import type { PlannedWrite } from './plannedWrite.ts';

/** The nodes stand before it in any case, all of them. */
const longestTextUnits = 8_000;

/** What a person confirms: each node that is touched, on a line of its own, then the plan. */
export function questionOf({ action, nodes, text }: PlannedWrite): string {
  const count = nodes.length === 1 ? '1 node' : `${String(nodes.length)} nodes`;
  const title = nodes.length === 0 ? `${action}?` : `${action}? It touches ${count}:`;
  const lines = nodes.map(
    ({ hostname, bmcIp }) => `- ${shownLine(`${hostname} (${bmcIp === '' ? 'no BMC' : bmcIp})`)}`,
  );
  const plan = text.split('\n').map(shownLine).join('\n').trim();
  const cut = plan.length > longestTextUnits ? `${plan.slice(0, longestTextUnits)}…` : plan;
  return [title, ...lines, '', 'The plan:', cut].join('\n');
}

// Characters without width, which can make one name look like another.
const hidden = /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * On one line, with control characters shown and not swallowed: a name can neither add a line of its own nor remove
 * one.
 */
function shownLine(text: string): string {
  return plainText(terminalLine(text)).replaceAll('\t', ' ').replaceAll(hidden, '?');
}
