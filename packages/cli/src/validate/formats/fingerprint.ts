import { createHash } from 'node:crypto';
import type { ReportedFinding } from '../report.ts';

/**
 * Names findings so that the same one has the same name in the next run, also when lines were inserted above it: by the
 * file, the rule, the column, the node and the message, and by a count where all of these are equal.
 */
export class Fingerprints {
  readonly #seen = new Map<string, number>();

  of(file: string, { code, columnName, subject, message }: ReportedFinding): string {
    const identity = JSON.stringify([file, code, columnName ?? '', subject, message]);
    const count = this.#seen.get(identity) ?? 0;
    this.#seen.set(identity, count + 1);
    return createHash('sha256')
      .update(`${identity}#${String(count)}`)
      .digest('hex')
      .slice(0, 40);
  }
}
