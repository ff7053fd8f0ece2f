import path from 'node:path';
import type { OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { omniaTraces } from '@omnia-buildstream/runner/omniaTraces';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import { committedText, textAt } from '../git.ts';
import type { Io } from '../io.ts';
import { failedPlace } from './options.ts';

interface Wanted {
  /** As it was given; `-` has no project. */
  readonly file: string;
  readonly version: OmniaVersion;
  /** failed_nodes.json as it was given; undefined: in its usual place. */
  readonly failed?: string | undefined;
  readonly jobId: string | undefined;
  /** The commit whose mapping file the last run had; undefined: HEAD. */
  readonly base?: string | undefined;
}

/** What Omnia left in the project of a mapping file; undefined for standard input. @throws UserError */
export async function tracesFor(
  { file, version, failed, jobId, base }: Wanted,
  io: Io,
): Promise<OmniaTraces | undefined> {
  if (file === '-') return undefined;
  const mapping = path.resolve(io.cwd, file);
  return omniaTraces({
    mapping,
    version,
    jobId,
    read: (place) => bytesOf(failed === undefined || !place.endsWith(failedPlace) ? place : failed, io),
    committed: () => (base === undefined ? committedText(mapping, io) : textAt(base, mapping, io)),
  });
}

/** Content of a file; undefined when it is not there. @throws UserError */
export async function bytesOf(file: string, io: Io): Promise<Uint8Array | undefined> {
  try {
    return await io.fs.readFile(path.resolve(io.cwd, file));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}. Check the path.`);
  }
}
