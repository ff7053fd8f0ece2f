import type { FailedNodesRule } from '../rule.ts';

const messages = {
  conflict:
    'A merge left a conflict here, so the file is not JSON and the restart stage fails on it. Keep one side and remove the markers.',
} as const;

/** One finding per conflict; the checks ignore what is inside it. */
export const conflict: FailedNodesRule = {
  code: 'failed-nodes-conflict',
  level: 'error',
  messages,
  check({ document: { conflicts, lines, text } }, report) {
    for (const { first } of conflicts)
      report(lines.range(offsetOf(text, first), endOf(text, first)), messages.conflict);
  },
};

function offsetOf(text: string, line: number): number {
  const ends = /\r\n|[\r\n]/g;
  for (let at = 0; at < line; at++) ends.exec(text);
  return ends.lastIndex;
}

function endOf(text: string, line: number): number {
  const start = offsetOf(text, line);
  const length = text.slice(start).search(/[\r\n]/);
  return length === -1 ? text.length : start + length;
}
