import type * as fs from 'node:fs/promises';
import { codeOf, replaceText, stateError, type StateFs } from '../../state/stateFs.ts';

export type ReportFs = StateFs & Pick<typeof fs, 'readdir'>;

/** Names as Omnia has them (omnia.md section 6); JUnit is ours. */
export const attemptFiles = { log: 'molecule_output.log', report: 'test_report.json', junit: 'junit.xml' } as const;

/** `<state>/validate/attempt_N/`: each run has one of its own, and earlier ones stay. Everything rejects with StateError. */
export class AttemptFolder {
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly #fs: ReportFs;
  readonly #log: fs.FileHandle;
  #writing: Promise<void> = Promise.resolve();

  /** Makes the folder after the last one. Two runs at once get two folders. */
  static async make(parent: string, fs: ReportFs): Promise<AttemptFolder> {
    try {
      await fs.mkdir(parent, { recursive: true });
      const numbers = (await fs.readdir(parent)).map((name) => Number(/^attempt_(\d+)$/.exec(name)?.[1] ?? 0));
      for (let attempt = Math.max(0, ...numbers) + 1; ; attempt++) {
        const folder = `${parent}/attempt_${String(attempt)}`;
        if (!(await makeNew(fs, folder))) continue;
        return new AttemptFolder(folder, attempt, fs, await fs.open(`${folder}/${attemptFiles.log}`, 'a'));
      }
    } catch (error) {
      throw stateError(error, `No folder for the report can be made in ${parent}`);
    }
  }

  private constructor(path: string, attempt: number, fs: ReportFs, log: fs.FileHandle) {
    this.path = path;
    this.attempt = attempt;
    this.#fs = fs;
    this.#log = log;
  }

  fileOf(kind: keyof typeof attemptFiles): string {
    return `${this.path}/${attemptFiles[kind]}`;
  }

  /** Adds a line to the log; a failure comes to light in `closeLog`. */
  log(line: string): void {
    this.#writing = this.#writing.then(() => this.#log.appendFile(`${line}\n`));
    this.#writing.catch(() => undefined);
  }

  /** Resolves when the log is on the disk. */
  async closeLog(): Promise<void> {
    try {
      await this.#writing;
      await this.#log.sync();
    } catch (error) {
      throw stateError(error, `${this.fileOf('log')} cannot be written`);
    } finally {
      await this.#log.close().catch(() => undefined);
    }
  }

  async write(kind: 'report' | 'junit', text: string): Promise<void> {
    try {
      await replaceText(this.#fs, this.path, attemptFiles[kind], text);
    } catch (error) {
      throw stateError(error, `${this.fileOf(kind)} cannot be written`);
    }
  }
}

/** As the stage sees it. */
export type ReportFolder = Pick<AttemptFolder, 'path' | 'attempt' | 'fileOf' | 'log' | 'closeLog' | 'write'>;

async function makeNew(fs: ReportFs, folder: string): Promise<boolean> {
  try {
    await fs.mkdir(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
