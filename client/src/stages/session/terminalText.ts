import type { Say } from '@omnia-buildstream/core/text/message';
import { wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import type { TestOutcome } from '@omnia-buildstream/core/testReport/types';
import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine } from '@omnia-buildstream/core/text/terminal';
import type { NodePlaces } from '../nodePlaces.ts';

/** The texts of a terminal, in the user's language. */
export interface TerminalWords {
  readonly done: string;
  readonly left: string;
  readonly outcomes: Readonly<Record<TestOutcome, string>>;
  readonly levels: Readonly<Record<'warning' | 'error', string>>;
  readonly stopping: (detail: string) => string;
  /** Translates texts of the engine. */
  readonly say: Say;
}

const colours = { red: 31, green: 32, yellow: 33, cyan: 36 } as const;
type Colour = keyof typeof colours;

const outcomeColours: Readonly<Record<TestOutcome, Colour>> = {
  passed: 'green',
  failed: 'red',
  error: 'red',
  skipped: 'yellow',
};

/** A text in a color. Its meaning must be clear without the color. */
export function painted(colour: Colour, text: string): string {
  return `\u001b[${String(colours[colour])}m${text}\u001b[0m`;
}

/** Lines for a terminal, without control sequences except our colors. All output to the stages' terminals uses this. */
export function terminalLines(lines: readonly string[]): string {
  return lines.map((line) => `${terminalLine(line)}\r\n`).join('');
}

interface About {
  readonly stage: string;
  readonly words: TerminalWords;
  readonly places: NodePlaces;
}

/**
 * The line that shows an event in the terminal. Undefined if it shows none. A failure with a row is a line for the
 * problem matcher `$buildstream`, so its format must match package.json:
 * `FILE:LINE:COLUMN: error STAGE: NODE (BMC_IP): MESSAGE`. Control sequences are removed from texts of nodes, tools and
 * servers.
 */
export function eventLine(event: StageEvent, about: About): string | undefined {
  const { words, places } = about;
  switch (event.type) {
    case 'node-finished': {
      const node = `${plainLine(event.hostname)} (${plainLine(event.bmcIp)})`;
      if (event.status === 'success') return `${painted('green', words.done)}  ${node}`;
      return problem(about, 'error', places.lineOf(event) ?? 0, `${node}: ${sentences(event, words.say)}`);
    }
    case 'node-left':
      return `${painted('yellow', words.left)}  ${plainLine(event.hostname)}: ${plainLine(wordsOf(event.said, words.say))}`;
    case 'check-finished':
      return checkLine(event, about);
    case 'stage-note':
      return noteLine(event, about);
    case 'stage-stopping':
      return painted('yellow', words.stopping(plainLine(wordsOf(event.said, words.say))));
    default:
      return undefined;
  }
}

type Check = Extract<StageEvent, { type: 'check-finished' }>;
type Note = Extract<StageEvent, { type: 'stage-note' }>;

function checkLine(check: Check, about: About): string {
  const { outcome, hostname, id, title, message } = check;
  const { words, places } = about;
  const subject = hostname === '' ? plainLine(id) : `${plainLine(hostname)}: ${plainLine(words.say(title))}`;
  if (outcome === 'passed') return `${painted('green', words.outcomes.passed)}  ${subject}`;
  const text = `${subject}: ${sentences(message === '' ? { ...check, said: words.outcomes[outcome] } : check, words.say)}`;
  const line = places.ofHost(hostname)?.line;
  if (outcome !== 'skipped' && line !== undefined) return problem(about, 'error', line, text);
  return `${painted(outcomeColours[outcome], words.outcomes[outcome])}  ${text}`;
}

function noteLine({ level, said, line }: Note, about: About): string {
  const plain = plainLine(wordsOf(said, about.words.say));
  if (level === 'info') return plain;
  if (line !== undefined) return problem(about, level, line, plain);
  return `${painted(level === 'error' ? 'red' : 'yellow', about.words.levels[level])}  ${plain}`;
}

function problem({ stage, places }: About, severity: 'error' | 'warning', line: number, text: string): string {
  const colour = severity === 'error' ? 'red' : 'yellow';
  return painted(colour, `${places.file}:${String(line + 1)}:1: ${severity} ${stage}: ${text}`);
}

/** Joins message and advice. Messages of checks have no period at the end. */
function sentences({ said, advice }: { readonly said: Said; readonly advice: string }, say: Say): string {
  const message = wordsOf(said, say);
  const separator = /[.!?]$/.test(message) ? ' ' : '. ';
  return plainLine([message, say(advice)].filter((part) => part !== '').join(separator));
}
