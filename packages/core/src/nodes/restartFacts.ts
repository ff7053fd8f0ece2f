import { getNodeValue } from 'jsonc-parser';
import type { FailedEntry, FailedNodesDocument } from '../failedNodes/document.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { failedListIn, type FailedList } from '../plan/failedList.ts';
import type { Target } from '../plan/targets.ts';
import type { ToldList } from '../plan/toldList.ts';
import type { EngineState } from '../restart/engineState.ts';
import { strip } from '../text/pythonText.ts';
import { sliceOf } from './engineSlice.ts';
import type { RestartFact } from './nodeFacts.ts';
import { toldSliceOf } from './toldSlice.ts';

/** What the files of a project say of one BMC_IP: nodes do not depend on each other. */
interface NodeFiles {
  readonly rows: readonly Target[];
  /** Of the mapping file; undefined: none. */
  readonly version: OmniaVersion | undefined;
  /** Omnia's; undefined: there is no such file. */
  readonly failed: FailedNodesDocument | undefined;
  readonly entries: readonly FailedEntry[];
  /** What the management server told of the restart that was followed last. */
  readonly told: ToldList | undefined;
  readonly isCommitted: boolean | undefined;
  readonly engine: EngineState | undefined;
}

export function restartFacts(
  bmcIp: string,
  { rows, version, failed, entries, told, isCommitted, engine }: NodeFiles,
): readonly RestartFact[] {
  return [
    ...(version === undefined ? [] : [{ source: 'mapping', rows, version, isCommitted } as const]),
    { source: 'failed-nodes', list: listOf(failed, entries) },
    ...(told === undefined ? [] : [{ source: 'failed-nodes-told', told: toldSliceOf(told, strip(bmcIp)) } as const]),
    ...(engine === undefined ? [] : [{ source: 'state-here', side: sliceOf(engine, strip(bmcIp)) } as const]),
  ];
}

function listOf(failed: FailedNodesDocument | undefined, entries: readonly FailedEntry[]): FailedList {
  if (failed === undefined) return { kind: 'missing' };
  const of = (key: string): unknown => failed.header.get(key)?.value;
  const values = entries.map(({ node }) => getNodeValue(node) as unknown);
  return failedListIn({ job_id: of('job_id'), timestamp: of('timestamp'), failed_nodes: values }, undefined);
}
