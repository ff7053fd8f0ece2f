import { createHash } from 'node:crypto';
import type { ReportedFinding } from '../report.ts';

/**
 * Names findings so that the same one has the same name in the next run, even if lines were inserted above it: by file,
 * rule, column and node, and by a count where all of these are equal. Messages may change from release to release, so
 * they are not included.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(file: string, { code, columnName, subject }: ReportedFinding): string {
    const identity = JSON.stringify([file, code, columnName ?? '', subject]);
    const count = this.#seen.get(identity) ?? 0;
    this.#seen.set(identity, count + 1);
    return createHash('sha256')
      .update(`${identity}#${String(count)}`)
      .digest('hex')
      .slice(0, 40);
  }
}
