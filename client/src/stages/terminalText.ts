import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { plainLine } from '../pipelines/safeLine.ts';

/** The words of a terminal, in the user's language. */
export interface TerminalWords {
  readonly done: string;
  readonly left: string;
  readonly stopping: (detail: string) => string;
}

/** Where the row of a node stands. */
export interface RowPlaces {
  /** Absolute path of the mapping file. */
  readonly file: string;
  /** Lines from 0, by BMC_IP. */
  readonly lines: ReadonlyMap<string, number>;
}

const colours = { red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** A text in a colour; what it says must be clear without it. */
export function painted(colour: keyof typeof colours, text: string): string {
  return `\u001b[${String(colours[colour])}m${text}\u001b[0m`;
}

/** Lines as a terminal draws them. */
export function terminalLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/**
 * What an event is in the terminal; undefined for nothing. The line of a failed node is the one that the problem matcher
 * `$buildstream` reads, so its form is part of package.json: `FILE:LINE:COLUMN: error STAGE: NODE (BMC_IP): MESSAGE`.
 * Texts of BMCs lose everything that steers a terminal.
 */
export function eventLine(
  event: StageEvent,
  { stage, words, places }: { readonly stage: string; readonly words: TerminalWords; readonly places: RowPlaces },
): string | undefined {
  switch (event.type) {
    case 'node-finished': {
      const node = `${plainLine(event.hostname)} (${plainLine(event.bmcIp)})`;
      if (event.status === 'success') return `${painted('green', words.done)}  ${node}`;
      const line = (places.lines.get(event.bmcIp) ?? 0) + 1;
      const text = plainLine([event.message, event.advice].filter((part) => part !== '').join(' '));
      return painted('red', `${places.file}:${String(line)}:1: error ${stage}: ${node}: ${text}`);
    }
    case 'node-left':
      return `${painted('yellow', words.left)}  ${plainLine(event.hostname)}: ${plainLine(event.detail)}`;
    case 'stage-stopping':
      return painted('yellow', words.stopping(plainLine(event.detail)));
    default:
      return undefined;
  }
}
