import type { TraceSink } from '@omnia-buildstream/gitlab/trace/follow';
import { TraceLines, type TraceLine } from '@omnia-buildstream/gitlab/trace/lines';
import { safeLine } from '@omnia-buildstream/core/text/foreignText';
import { terminalLine } from '@omnia-buildstream/core/text/terminal';

/** Resets the colors, clears screen and scrollback. */
const clearScreen = '\u001b[0m\u001b[2J\u001b[3J\u001b[H';
const resetColours = '\u001b[0m';

/** Turns a growing log into what a terminal draws: whole lines with their colors, and no other control sequences. */
export class TerminalLog implements TraceSink {
  readonly #write: (text: string) => void;
  #lines = new TraceLines();
  #decoder = new TextDecoder();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  append(chunk: Uint8Array): void {
    const lines = this.#lines.push(this.#decoder.decode(chunk, { stream: true }));
    if (lines.length > 0) this.#write(drawn(lines));
  }

  clear(): void {
    this.#lines = new TraceLines();
    this.#decoder = new TextDecoder();
    this.#write(clearScreen);
  }

  /** Writes the last line and a closing message of our own. */
  end(word: string): void {
    this.#write(`${drawn(this.#lines.end())}${resetColours}\r\n${terminalLine(word)}\r\n`);
  }
}

function drawn(lines: readonly TraceLine[]): string {
  return lines.map(({ text }) => `${safeLine(text)}\r\n`).join('');
}
