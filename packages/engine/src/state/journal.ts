import { phrase } from '@omnia-buildstream/core/text/phrase';
import { stateTexts } from './stateTexts.ts';
import type { OwnFolder } from '../files/ownFolder.ts';
import type { StateError } from '../ports/stateError.ts';
import { journalLine, type JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import { stateError } from './stateError.ts';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes the journal file. What is appended at the same time is written and flushed together, so that a large fleet
 * costs few flushes. After a failed write nothing more is accepted: the file may end in the middle of a line.
 */
export class Journal {
  readonly #folder: OwnFolder;
  readonly #name: string;
  #end: Awaited<ReturnType<OwnFolder['appendDurably']>> | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: StateError | undefined;

  constructor(folder: OwnFolder, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  /** So that the next line starts clean: one that a kill tore is cut off, one that is whole gets its end. */
  async mend(): Promise<void> {
    const text = (await this.#folder.read(this.#name)) ?? '';
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    const last = text.slice(complete.length);
    if (last !== '') await this.#replace(isJson(last) ? `${text}\n` : complete);
  }

  async begin(record: JournalRecord): Promise<void> {
    await this.close();
    await this.#replace(journalLine(record));
    this.#failure = undefined;
  }

  append(record: JournalRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line: journalLine(record), resolve, reject });
      this.#writing ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    const end = this.#end;
    this.#end = undefined;
    await end?.handle.close();
  }

  #replace(text: string): Promise<void> {
    return this.#folder.replace(new Map([[this.#name, text]]));
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure !== undefined) throw this.#failure;
        const { handle, isDurable } = (this.#end ??= await this.#folder.appendDurably(this.#name));
        await handle.appendFile(batch.map(({ line }) => line).join(''), 'utf8');
        if (!isDurable) await handle.sync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure ??= stateError(error, phrase(stateTexts.notWritable, { file: this.#folder.fileOf(this.#name) }));
        for (const { reject } of batch) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
