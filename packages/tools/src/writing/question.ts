import { plainText } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine } from '@omnia-buildstream/core/text/terminal';
import type { PlannedWrite } from './plannedWrite.ts';

/** Limits the plan only: the question lists all nodes before it. */
const longestTextUnits = 8_000;

/** What a person confirms: each touched node on its own line, then the plan. */
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

// Zero-width characters, which can make one name look like another.
const hidden = /[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Renders text on one line. Control characters are shown, not removed, so that a name can neither add a line nor delete
 * one.
 */
function shownLine(text: string): string {
  return plainText(terminalLine(text)).replaceAll('\t', ' ').replaceAll(hidden, '?');
}
