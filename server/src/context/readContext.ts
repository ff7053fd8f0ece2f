import { readBeside } from '@omnia-buildstream/core/context/besideFiles';
import type { BesideKind } from '@omnia-buildstream/core/context/besideNames';
import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import type { ContextProblem } from '@omnia-buildstream/core/context/problem';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { maxDiagnostics } from '../diagnostics/diagnostics.ts';
import { baseName } from '../uris.ts';
import type { ContextFileSet } from './contextFiles.ts';

/** What the files beside a mapping file say, and their problems by URI. */
export interface ReadContext {
  readonly context: ValidationContext;
  readonly problems: ReadonlyMap<string, readonly ContextProblem[]>;
}

export function readContext(
  files: ContextFileSet,
  version: OmniaVersion,
  share: ValidationContext['share'],
): ReadContext {
  const problems = new Map<string, readonly ContextProblem[]>();
  let context: ValidationContext = share === undefined ? {} : { share };
  for (const [kind, { uri, text }] of files) {
    const read = readBeside(kind satisfies BesideKind, text, version, baseName(uri));
    problems.set(uri, read.problems.slice(0, maxDiagnostics));
    context = { ...context, ...read.facts };
  }
  return { context, problems };
}
