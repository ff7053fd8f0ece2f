import type { Say, Template } from '../text/message.ts';
import type { ObstacleKind, RestartObstacle } from './obstacles.ts';

/** What ends the restart stage, the consequences, and what helps. */
export const obstacleTexts: Readonly<Record<ObstacleKind, Template>> = {
  'merge-conflict':
    'A merge left conflicts in the mapping file (lines {lines}). Keep one side of each and remove the markers; until then no stage can run.',
  'open-quote':
    'A quote is not closed (lines {lines}): Omnia reads rows below as part of that cell, so their nodes are left out, and a deploy drains the Slurm nodes among them. Close it; until then no stage can run.',
  'bad-pxe-boot-config':
    'set_pxe_boot_config.yml has values that Omnia refuses ({values}, lines {lines}): the restart stage stops before it boots a node. Correct them.',
  'line-above-header':
    'Lines above the header ({lines}): the restart stage of Omnia 2.3 reads the first line as the header, finds no BMC_IP, and stops before it boots a node. Remove them.',
  'comment-no-row':
    'Comments that are not rows (lines {lines}): the restart stage of Omnia 2.3 reads them as rows and stops before it boots a node. Remove them.',
  'blank-line':
    'Lines without a value ({lines}): the restart stage of Omnia 2.3 reads them as rows and stops before it boots a node. Remove them.',
  'no-bmc-ip':
    'Rows without BMC_IP (lines {lines}): the newest restart stage of Omnia 2.3 stops there before it boots a node; an older one skips the rows. The files do not tell which one is installed. Fill in BMC_IP.',
  'shared-bmc-ip':
    'A BMC_IP in more than one row, including commented-out rows ({values}, lines {lines}): the newest restart stage of Omnia 2.3 stops there before it boots a node. Give each row its own address.',
  'shared-admin-ip':
    'An ADMIN_IP in more than one row, including commented-out rows ({values}, lines {lines}): the newest restart stage of Omnia 2.3 stops there before it boots a node. Give each row its own address.',
};

/** What else a changed file does to nodes besides booting them. */
export const rowChangeTexts = {
  'retired-row':
    'Slurm nodes whose row was removed ({count}): {nodes}. The next deploy drains these nodes, cancels their jobs after a time-out or on a forced answer, sets them DOWN, and removes them from the partition. To leave a node out of one run, keep its row and mark it as booted in failed_nodes.json.',
  'retired-role':
    'Slurm nodes that get another role ({count}): {nodes}. The next deploy considers that a removal: it drains these nodes, cancels their jobs after a time-out or on a forced answer, sets them DOWN, and removes them from the partition.',
  'removed-row': 'Nodes removed from the mapping file ({count}): {nodes}. No run restarts them anymore.',
  'rows-moved':
    'Rows that were moved, or inserted between others ({count}): {nodes}. Omnia derives names of the hardware (xnames) from the position of a row. Keep the order, and append new rows at the end.',
} as const satisfies Readonly<Record<string, Template>>;

/** What else is said before rows are removed from the file. */
export const removalTexts = {
  leaveOut: 'To leave a node out of one run, keep its row and mark it as booted in failed_nodes.json.',
  rowsBelow:
    'Rows below the removed ones move up ({count}). Omnia derives names of the hardware (xnames) from the position of a row.',
} as const satisfies Readonly<Record<string, Template>>;

/** What ends the stage, why, and what helps. */
export function sayObstacle(obstacle: RestartObstacle, say: Say): string {
  const params = obstacleParams(obstacle);
  return say(obstacleTexts[obstacle.kind], params);
}

/** What its text is filled in with. */
export function obstacleParams({ lines, values }: RestartObstacle) {
  return { count: lines.length, lines: joined(lines.map((line) => String(line + 1))), values: joined(values) };
}

/** A notice about a thousand nodes would hide the others. */
const mostNamed = 20;

export function joined(names: readonly string[]): string {
  return names.length <= mostNamed ? names.join(', ') : `${names.slice(0, mostNamed).join(', ')}, …`;
}
