import { createHash } from 'node:crypto';
import type { ReportedFinding } from '../report.ts';

/**
 * Names findings so that the same one has the same name in the next run, also when lines were inserted above it: by the
 * file, the rule, the column and the node, and by a count where all of these are equal. The words of a message may change
 * from release to release, so they are no part of it.
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
