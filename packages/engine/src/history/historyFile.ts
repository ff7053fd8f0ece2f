import type { FileHandle } from 'node:fs/promises';
import { historyLine, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { OwnFolder } from '../files/ownFolder.ts';

/** Beyond this many, older runs are removed. */
const mostRuns = 500;

/**
 * The history of one run as it is written: adding to it never waits and never fails. What cannot be written is kept and
 * tried again when there is twice as much of it, and at the end, at the same place of the file: whatever of it was
 * written is written over with the same bytes. So the file is the beginning of what it should be at any time, each
 * record in it once.
 */
export class HistoryFile {
  readonly #folder: OwnFolder;
  readonly #name: string;
  #handle: FileHandle | undefined;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
  /** This many records have to wait before the next try: however many there are, the work for each stays the same. */
  #nextTry = 0;
  /** Bytes that are certainly written. */
  #length = 0;
  /** Why the last write failed; undefined: everything is written. */
  failure: unknown;

  constructor(folder: OwnFolder, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  add(record: HistoryRecord): void {
    this.#waiting.push(historyLine(record, (text) => secretsInUse.clean(text)));
    if (this.#waiting.length >= this.#nextTry) this.#writing ??= this.#drain();
  }

  /** Whether every record that was added is written. */
  get isWhole(): boolean {
    return this.#waiting.length === 0;
  }

  /**
   * Writes what is left and closes the file; a run is resumed from the journal, so nobody waits until the disk has the
   * history. Never rejects; what could not be written is in `failure`.
   */
  async close(): Promise<void> {
    await this.#writing;
    this.#nextTry = 0;
    await this.#drain();
    const handle = this.#handle;
    this.#handle = undefined;
    try {
      await handle?.close();
    } catch (error) {
      this.failure ??= error;
    }
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 && this.#waiting.length >= this.#nextTry) {
      const count = this.#waiting.length;
      try {
        await this.#write(this.#waiting.join(''));
        this.#waiting.splice(0, count);
        this.#nextTry = 0;
        this.failure = undefined;
      } catch (error) {
        this.failure = error;
        this.#nextTry = 2 * count;
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    const handle = (this.#handle ??= await this.#open());
    const bytes = Buffer.from(text, 'utf8');
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, this.#length + done);
      if (bytesWritten === 0) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      done += bytesWritten;
    }
    this.#length += done;
  }

  async #open(): Promise<FileHandle> {
    await this.#folder.make();
    const handle = await this.#folder.openNew(this.#name);
    await this.#prune();
    return handle;
  }

  /** An old history that cannot be removed stays; it does not affect this one. */
  async #prune(): Promise<void> {
    const names = await this.#folder.names().catch(() => []);
    for (const old of runsAmong(names).slice(mostRuns)) await this.#folder.remove(old).catch(() => undefined);
  }
}
