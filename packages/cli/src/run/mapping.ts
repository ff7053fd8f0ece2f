import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { CannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { textOf } from '../plan/inputs.ts';
import { planFiles } from '../plan/options.ts';
import { detect } from '../validate/detect.ts';
import { checkMapping } from './checkMapping.ts';

/** A mapping file as a stage needs it. */
export interface Mapping {
  /** As it was given or found. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
  readonly rows: readonly Target[];
  /** Throws CannotRun when the file has errors. */
  refuseErrors(): void;
}

/** Reads the mapping file named, or the one in its usual place, and detects its version; throws CannotRun. */
export async function readMapping(
  given: { readonly mapping: string | undefined; readonly version: OmniaVersion | undefined },
  io: Io,
): Promise<Mapping> {
  const { mapping: file } = planFiles({ mapping: given.mapping }, io);
  const text = await textOf(file, io);
  const document = new CsvDocument(text);
  const version = given.version ?? detect(file, document, io.cwd);
  return {
    file,
    text,
    version,
    rows: targetsOf(text, version),
    refuseErrors() {
      checkMapping(file, document, version);
    },
  };
}

/** Rows by host name, service tag or BMC_IP, in any case; no names: all. Throws CannotRun for a name that no row has. */
export function rowsNamed(rows: readonly Target[], names: readonly string[]): readonly Target[] {
  if (names.length === 0) return rows;
  const isNamed = (row: Target, name: string): boolean =>
    [row.hostname, row.serviceTag, row.bmcIp].some((own) => own.toLowerCase() === name.toLowerCase());
  const unknown = names.filter((name) => !rows.some((row) => isNamed(row, name)));
  if (unknown.length > 0) throw new CannotRun('arguments', `No row of the mapping file is ${unknown.join(', ')}.`);
  return rows.filter((row) => names.some((name) => isNamed(row, name)));
}
