import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import { SecretStream } from '@omnia-buildstream/core/secrets/secretStream';

/**
 * The raw text of a job log as lines, with what GitLab's runner inserts: sections, timestamps, progress bars. Sources:
 * GitLab's documentation on job logs, `Gitlab::Ci::Ansi2json`, and the runner's FF_TIMESTAMPS.
 */
export interface TraceLine {
  /** With its ANSI colors, but without section markers and timestamps. */
  readonly text: string;
  /** From the runner, in ISO 8601 with microseconds. Undefined if the runner does not write timestamps. */
  readonly timestamp: string | undefined;
  readonly isError: boolean;
  /** Whether it continues the previous line, which the runner cut. */
  readonly isContinued: boolean;
  /** In the order in which they appear in the line. */
  readonly sections: readonly SectionMark[];
}

export interface SectionMark {
  readonly kind: 'start' | 'end';
  readonly name: string;
  readonly timeMs: number;
  /** Whether the section is to be shown collapsed. */
  readonly isCollapsed: boolean;
}

// 2024-05-14T11:19:20.000000Z 00O+text: stream number (hexadecimal), O or E, + if it continues a line.
const timestampPrefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) [\da-fA-F]{2}([OE])([ +])/;
// The mark ends with a carriage return and "erase line".
const sectionMark =
  // eslint-disable-next-line no-control-regex -- the marks are control characters
  /(?:\u001b\[0K)?section_(start|end):(\d+):([\w.-]+)(\[[^\][]*\])?(?:\r\u001b\[0K|\r|$)/g;

/**
 * Reads a log piece by piece and removes secrets from it. Keeps only the line that has not ended yet, of that only the
 * first megabyte, and a line that the runner may have cut within a secret.
 */
export class TraceLines {
  readonly #secrets = new SecretStream();
  #rest = '';
  #waiting: TraceLine | undefined;

  /** The lines that this piece completes. */
  push(piece: string): TraceLine[] {
    const parts = (this.#rest + this.#secrets.push(piece)).split('\n');
    this.#rest = (parts.pop() ?? '').slice(0, longestLineCharacters);
    return parts.flatMap((raw) => this.#take(readLine(raw)));
  }

  /** The rest: a last line without a line feed, and a line before it that waits for its other half. */
  end(): TraceLine[] {
    const raw = (this.#rest + this.#secrets.end()).slice(0, longestLineCharacters);
    const lines = raw === '' ? [] : this.#take(readLine(raw));
    if (this.#waiting !== undefined) lines.push(this.#waiting);
    this.#rest = '';
    this.#waiting = undefined;
    return lines;
  }

  #take(line: TraceLine): TraceLine[] {
    const before = this.#waiting;
    this.#waiting = undefined;
    const whole = before !== undefined && line.isContinued ? joined(before, line) : line;
    const done = before === undefined || whole !== line ? [] : [before];
    // The runner cuts only lines that have their own timestamp.
    const waits = line.timestamp !== undefined && whole.text.length < longestLineCharacters;
    if (!waits || !secretsInUse.mayGoOn(whole.text)) return [...done, whole];
    this.#waiting = whole;
    return done;
  }
}

function joined(before: TraceLine, { text, sections }: TraceLine): TraceLine {
  return {
    ...before,
    text: secretsInUse.clean(before.text + text),
    sections: [...before.sections, ...sections],
  };
}

const longestLineCharacters = 1_000_000;

/** Reads one raw line, without its line feed. */
export function readLine(raw: string): TraceLine {
  // Old runners put stray NUL characters into timestamps.
  const prefix = timestampPrefix.exec(raw.startsWith('2') ? raw.slice(0, 48).replaceAll('\0', '') : '');
  const body = prefix === null ? raw : afterPrefix(raw, prefix[0].length);
  const sections: SectionMark[] = [];
  const unmarked = body.replaceAll(sectionMark, (_, kind: string, seconds: string, name: string, options?: string) => {
    sections.push({
      kind: kind === 'start' ? 'start' : 'end',
      name,
      timeMs: Number(seconds) * 1000,
      isCollapsed: options?.includes('collapsed=true') ?? false,
    });
    return '';
  });
  return {
    text: afterCarriageReturn(unmarked),
    timestamp: prefix?.[1],
    isError: prefix?.[2] === 'E',
    isContinued: prefix?.[3] === '+',
    sections,
  };
}

function afterPrefix(raw: string, prefixCharacters: number): string {
  let index = 0;
  for (let counted = 0; counted < prefixCharacters; index += 1) if (raw[index] !== '\0') counted += 1;
  return raw.slice(index);
}

/** A carriage return within a line starts it again, as progress bars do: what it overwrites is never seen. */
function afterCarriageReturn(text: string): string {
  const trimmed = text.endsWith('\r') ? text.slice(0, -1) : text;
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}
