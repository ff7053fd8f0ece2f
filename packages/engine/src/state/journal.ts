import type { FileHandle } from 'node:fs/promises';
import type { StateError } from '../ports/stateStore.ts';
import { journalLine, readJournal, type JournalRecord } from './journalRecord.ts';
import { readIfThere, replaceText, stateError, type StateFs } from './stateFs.ts';

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The journal file. What is appended at the same time is written and flushed together, so that a large fleet costs few
 * flushes. After a failed write nothing more is accepted: the file may end in the middle of a line.
 */
export class Journal {
  readonly #fs: StateFs;
  readonly #folder: string;
  readonly #name: string;
  #handle: FileHandle | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: StateError | undefined;

  constructor(fs: StateFs, folder: string, name: string) {
    this.#fs = fs;
    this.#folder = folder;
    this.#name = name;
  }

  /** The records so far. A torn last line is cut off, so that the next one starts clean. */
  async read(): Promise<JournalRecord[]> {
    const text = (await readIfThere(this.#fs, this.#path)) ?? '';
    const complete = text.slice(0, text.lastIndexOf('\n') + 1);
    if (complete !== text) await this.#fs.truncate(this.#path, Buffer.byteLength(complete));
    return readJournal(complete);
  }

  async begin(record: JournalRecord): Promise<void> {
    await this.close();
    await replaceText(this.#fs, this.#folder, this.#name, journalLine(record));
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
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  get #path(): string {
    return `${this.#folder}/${this.#name}`;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure !== undefined) throw this.#failure;
        this.#handle ??= await this.#fs.open(this.#path, 'a', 0o644);
        await this.#handle.appendFile(batch.map(({ line }) => line).join(''), 'utf8');
        await this.#handle.sync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.#failure ??= stateError(error, `${this.#path} cannot be written`);
        for (const { reject } of batch) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }
}
