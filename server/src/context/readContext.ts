import type { ValidationContext } from '@omnia-buildstream/core/context/context';
import { parseCatalog } from '@omnia-buildstream/core/context/parseCatalog';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { parseProvisionConfig } from '@omnia-buildstream/core/context/parseProvisionConfig';
import { parseSoftwareConfig } from '@omnia-buildstream/core/context/parseSoftwareConfig';
import type { ContextProblem, Parsed } from '@omnia-buildstream/core/context/problem';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { maxDiagnostics } from '../diagnostics/diagnostics.ts';
import type { ContextFile, ContextFileSet } from './contextFiles.ts';

/** What the files beside a mapping file say, and what is wrong with them, by their URI. */
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
  function read<T>(file: ContextFile | undefined, parse: (text: string) => Parsed<T>): T | undefined {
    if (file === undefined) return undefined;
    const parsed = parse(file.text);
    problems.set(file.uri, parsed.problems.slice(0, maxDiagnostics));
    return parsed.value;
  }
  const network = read(files.network, (text) => parseNetworkSpec(text, version));
  const software = read(files.software, parseSoftwareConfig);
  const dnsEnabled = read(files.config, parseProvisionConfig)?.dnsEnabled;
  const catalog = read(files.catalog, parseCatalog);
  const context: ValidationContext = {
    ...(network !== undefined && { network }),
    ...(share !== undefined && { share }),
    ...(dnsEnabled !== undefined && { dnsEnabled }),
    ...(software !== undefined && { software }),
    ...(catalog !== undefined && { catalog }),
  };
  return { context, problems };
}
