import type { FileHandle } from 'node:fs/promises';
import { historyLine, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { runsAmong } from '@omnia-buildstream/core/history/runNames';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { OwnFolder } from '../files/ownFolder.ts';

/** Older runs go when there are more. */
const mostRuns = 500;

/**
 * The history of one run as it is written: whoever adds to it never waits and never sees an error. What cannot be written
 * is kept and tried again with the next record and at the end, at the same place of the file: whatever of it was written
 * is written over with the same bytes. So the file is the beginning of what it should be at any time, each record in it
 * once.
 */
export class HistoryFile {
  readonly #folder: OwnFolder;
  readonly #name: string;
  #handle: FileHandle | undefined;
  #waiting: string[] = [];
  #writing: Promise<void> | undefined;
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
    this.#writing ??= this.#drain();
  }

  /** Writes what is left and closes the file. Never rejects; what could not be written is in `failure`. */
  async close(): Promise<void> {
    await this.#writing;
    if (this.#waiting.length > 0) await this.#drain();
    const handle = this.#handle;
    this.#handle = undefined;
    try {
      await handle?.sync();
      await handle?.close();
    } catch (error) {
      this.failure ??= error;
    }
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(lines.join(''));
        this.failure = undefined;
      } catch (error) {
        this.failure = error;
        this.#waiting = [...lines, ...this.#waiting];
        break;
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    this.#handle ??= await this.#open();
    const bytes = Buffer.from(text, 'utf8');
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, this.#length + done);
      if (bytesWritten === 0) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      done += bytesWritten;
    }
    this.#length += done;
  }

  async #open(): Promise<FileHandle> {
    await this.#folder.make();
    for (const old of runsAmong(await this.#folder.names()).slice(mostRuns - 1)) await this.#folder.remove(old);
    return this.#folder.openNew(this.#name);
  }
}
