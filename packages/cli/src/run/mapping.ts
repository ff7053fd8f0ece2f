import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { isOmniaVersion, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import { refuseMappingErrors } from '@omnia-buildstream/runner/mappingErrors';
import { targetsNamed } from '@omnia-buildstream/runner/selection';
import type { Io } from '../io.ts';
import { textOf } from '../plan/textFile.ts';
import { planFiles } from '../plan/options.ts';
import { detect } from '../validate/detect.ts';
import { inWords } from '../errorWords.ts';
import { siteFor } from '../site/siteFile.ts';

/** The version that the project's buildstream.yml names. @throws UserError */
async function siteVersion(file: string, io: Io): Promise<OmniaVersion | undefined> {
  const version = (await siteFor(file, io))?.values('omniaVersion');
  return typeof version === 'string' && isOmniaVersion(version) ? version : undefined;
}

/** A mapping file as a stage needs it. */
export interface Mapping {
  /** As it was given or found. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
  readonly rows: readonly Target[];
  /**
   * @throws UserError when the file has errors: no node is powered on or off based on a file that Omnia would refuse
   */
  refuseErrors(): void;
  /** Rows by hostname, service tag or BMC_IP, in any case; no names: all. @throws UserError for a name that no row has */
  rowsNamed(names: readonly string[]): readonly Target[];
}

/** Reads the mapping file named, or the one in its usual place, and detects its version. @throws UserError */
export async function readMapping(
  given: { readonly mapping: string | undefined; readonly version: OmniaVersion | undefined },
  io: Io,
): Promise<Mapping> {
  const { mapping: file } = await planFiles({ mapping: given.mapping }, io);
  const text = await textOf(file, io);
  const document = new CsvDocument(text);
  const version = given.version ?? (await siteVersion(file, io)) ?? detect(file, document, io.cwd);
  const rows = targetsOf(text, version);
  return {
    file,
    text,
    version,
    rows,
    refuseErrors() {
      saidInWords(file, () => {
        refuseMappingErrors(document, version);
      });
    },
    rowsNamed: (names) => saidInWords(file, () => targetsNamed(rows, names)),
  };
}

function saidInWords<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw inWords(error, file);
  }
}
