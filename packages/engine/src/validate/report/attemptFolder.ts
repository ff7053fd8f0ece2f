import { phrase } from '@omnia-buildstream/core/text/phrase';
import { stateTexts } from '../../state/stateTexts.ts';
import { greatest } from '@omnia-buildstream/core/text/lists';
import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';
import type { FileHandle } from 'node:fs/promises';
import type { OwnFolder } from '../../files/ownFolder.ts';
import { stateError } from '../../state/stateError.ts';

/** Names as Omnia has them (omnia.md section 6); JUnit is ours. */
export const attemptFiles = { log: 'molecule_output.log', report: 'test_report.json', junit: 'junit.xml' } as const;

/**
 * The numbers of the attempts among the names in a folder. Names with more digits are not ours: nobody tries that
 * often.
 */
export function attemptsAmong(names: readonly string[]): number[] {
  return names.flatMap((name) => /^attempt_(\d{1,9})$/.exec(name)?.[1] ?? []).map(Number);
}

/** `<state>/validate/attempt_N/`: each run has one of its own, and earlier ones stay. @throws StateError from each method */
export class AttemptFolder {
  readonly path: string;
  /** From 1. */
  readonly attempt: number;
  readonly #folder: OwnFolder;
  readonly #log: FileHandle;
  #writing: Promise<void> = Promise.resolve();

  /** Makes the folder after the last one. Two runs at once get two folders. */
  static async make(parent: OwnFolder): Promise<AttemptFolder> {
    try {
      await parent.make();
      const last = greatest(attemptsAmong(await parent.names()), 0);
      for (let attempt = last + 1; ; attempt++) {
        const folder = await parent.makeNew(`attempt_${String(attempt)}`);
        if (folder === undefined) continue;
        await folder.create(attemptFiles.log, '');
        return new AttemptFolder(folder, attempt, await folder.append(attemptFiles.log));
      }
    } catch (error) {
      throw stateError(error, phrase(stateTexts.noReportFolder, { folder: parent.path }));
    }
  }

  private constructor(folder: OwnFolder, attempt: number, log: FileHandle) {
    this.path = folder.path;
    this.attempt = attempt;
    this.#folder = folder;
    this.#log = log;
  }

  fileOf(kind: keyof typeof attemptFiles): string {
    return `${this.path}/${attemptFiles[kind]}`;
  }

  /** Adds a line to the log; a failure is reported by `closeLog`. */
  log(line: string): void {
    this.#writing = this.#writing.then(() => this.#log.appendFile(`${secretsInUse.clean(line)}\n`));
    this.#writing.catch(() => undefined);
  }

  /** Resolves when the log is on the disk. */
  async closeLog(): Promise<void> {
    try {
      await this.#writing;
      await this.#log.sync();
    } catch (error) {
      throw stateError(error, phrase(stateTexts.notWritable, { file: this.fileOf('log') }));
    } finally {
      await this.#log.close().catch(() => undefined);
    }
  }

  async write(kind: 'report' | 'junit', text: string): Promise<void> {
    try {
      await this.#folder.replace(new Map([[attemptFiles[kind], secretsInUse.clean(text)]]));
    } catch (error) {
      throw stateError(error, phrase(stateTexts.notWritable, { file: this.fileOf(kind) }));
    }
  }
}

/** As the stage sees it. */
export type ReportFolder = Pick<AttemptFolder, 'path' | 'attempt' | 'fileOf' | 'log' | 'closeLog' | 'write'>;
