import { stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import type { FailedNode } from '@omnia-buildstream/core/failedNodes/types';
import type { BootedNode, InventoryNode } from '@omnia-buildstream/core/plan/restartState';
import type { NodeResult } from '@omnia-buildstream/core/restart/journalRecord';
import { niceJson, niceJsonPieces } from './niceJson.ts';

/** What Omnia's three files contain (omnia.md section 3.1). */
export interface StateFiles {
  readonly jobId: string;
  /** ISO 8601, UTC, whole seconds. */
  readonly timestamp: string;
  readonly inventory: readonly InventoryNode[];
  readonly booted: readonly BootedNode[];
  readonly failed: readonly FailedNode[];
  /** Results of this run, in the order of the plan. */
  readonly results: readonly NodeResult[];
}

/** The three texts, by file name, in pieces. */
export function renderStateFiles(files: StateFiles): ReadonlyMap<string, Iterable<string>> {
  return new Map([
    [stateFileNames.nodeResults, niceJsonPieces(nodeResults(files))],
    [stateFileNames.failedNodes, niceJsonPieces(failedNodes(files))],
    [stateFileNames.restartState, niceJsonPieces(restartState(files))],
  ]);
}

/** The text of failed_nodes.json as Omnia 2.2 writes it. */
export function renderFailedNodes(files: Pick<StateFiles, 'jobId' | 'timestamp' | 'failed'>): string {
  return niceJson(failedNodes(files));
}

function failedNodes({ jobId, timestamp, failed }: Pick<StateFiles, 'jobId' | 'timestamp' | 'failed'>): unknown {
  return {
    job_id: jobId,
    stage_name: 'restart',
    timestamp,
    total_nodes: failed.length,
    failure_count: failed.length,
    failed_nodes: failed.map(({ bmcIp, hostname, serviceTag, status, message, failureStage }) => {
      return { bmc_ip: bmcIp, hostname, service_tag: serviceTag, status, message, failure_stage: failureStage };
    }),
  };
}

function nodeResults({ jobId, timestamp, results }: StateFiles): unknown {
  const failures = results.filter(({ failure }) => failure !== undefined).length;
  return {
    job_id: jobId,
    stage_name: 'restart',
    timestamp,
    total_nodes: results.length,
    success_count: results.length - failures,
    failure_count: failures,
    nodes: made(results, ({ bmcIp, hostname, serviceTag, failure, message }) => {
      const status = failure === undefined ? 'success' : 'failed';
      return { bmc_ip: bmcIp, hostname, service_tag: serviceTag, status, message };
    }),
  };
}

function restartState({ timestamp, inventory, booted }: StateFiles): unknown {
  return {
    updated_at: timestamp,
    previous_inventory: {
      source: 'pxe_mapping_file.csv',
      nodes: made(inventory, ({ bmcIp, hostname, serviceTag }) => {
        return { bmc_ip: bmcIp, hostname, service_tag: serviceTag };
      }),
    },
    booted_nodes: made(booted, ({ bmcIp, hostname, bootedAt, manuallyBooted }) => {
      const mark = manuallyBooted ? { manually_booted: true } : {};
      return { bmc_ip: bmcIp, hostname, booted_at: bootedAt ?? timestamp, ...mark };
    }),
  };
}

/** Each is created when it is written: creating those of 50,000 nodes in one go would keep everything else waiting. */
function* made<T>(all: readonly T[], one: (item: T) => unknown): Generator {
  for (const item of all) yield one(item);
}

/** Whole seconds and `Z`, as Omnia writes times. */
export function omniaTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
