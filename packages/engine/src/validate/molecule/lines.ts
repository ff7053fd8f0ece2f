import { SecretStream } from '@omnia-buildstream/core/secrets/secretStream';
import { plainText } from '@omnia-buildstream/core/text/foreignText';

/** Longer lines are cut: a tool may print megabytes without a line end. */
const maxLineUnits = 4_000;

/** Cuts a stream of text into lines without control characters, which would act on the terminal of the reader. */
export class Lines {
  readonly #tell: (line: string) => void;
  /** Before a line is cut: half a secret would not be found anymore. */
  readonly #secrets = new SecretStream();
  #rest = '';

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  add(text: string): void {
    this.#take(this.#secrets.push(text));
  }

  end(): void {
    this.#take(this.#secrets.end());
    if (this.#rest !== '') this.#tell(cleanLine(this.#rest));
    this.#rest = '';
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = (lines.pop() ?? '').slice(0, maxLineUnits + 1);
    for (const line of lines) this.#tell(cleanLine(line));
  }
}

/** Colors and other control sequences are dropped; of a line that was overwritten with CR the last state stays. */
export function cleanLine(line: string): string {
  const clean = plainText(line.replace(/^[^]*\r(?=[^])/, ''));
  return clean.length > maxLineUnits ? `${clean.slice(0, maxLineUnits)} …` : clean;
}
