import assert from 'node:assert/strict';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { failedListOf, nodesIn } from '@omnia-buildstream/core/plan/failedList';
import { emptyRestartState, type RestartState } from '@omnia-buildstream/core/plan/restartState';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import { failureMessage } from '@omnia-buildstream/engine/restart/failure';
import { renderStateFiles } from '@omnia-buildstream/engine/state/stateFiles';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { planDirect } from '@omnia-buildstream/runner/restart';
import { fileOf, header, node2, rows } from '../cluster.ts';
import { oimJob, oimStage } from '../oimStage.ts';

/** Every kind of state that a project and the servers can be in before nodes are restarted. */

export const imageGroup = 'G';
export const jobId = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c10';
const otherJob = '018f3c4b-7b5b-7a9d-b6c4-9f3b4f9b2c11';
const at = '2026-04-10T16:00:00Z';

const committedRows = rows.slice(0, 4);
/** As in git. */
export const committed = fileOf(header, ...committedRows);
const [, failing = assert.fail(), marked = assert.fail()] = targetsOf(committed, '2.2');

/** What the stage engine writes about a reset whose answer was lost. */
const doubt = { bmcIp: failing.bmcIp, power: 'Restart OK', detail: '' } as const;
const inDoubt = wordsOf(failureMessage('reset-unconfirmed', doubt));

/** Variants of the project's failed_nodes.json. */
export const lists = {
  own: listText(jobId),
  foreign: listText(otherJob),
  missing: undefined,
  broken: '{"failed_nodes": [',
  'without a job': listText(''),
} as const;

/** Variants of the project's mapping file; git has the first four rows. */
export const mappings = {
  committed,
  'changed since deploy': committed.replace(',cn-001,', ',cn-009,'),
  'with a node added': fileOf(header, ...committedRows, node2),
  missing: undefined,
} as const;

function listText(job: string): string {
  const entry = { bmc_ip: failing.bmcIp, hostname: failing.hostname, status: 'failed', message: inDoubt };
  const byHand = { ...entry, bmc_ip: marked.bmcIp, hostname: marked.hostname, status: 'success' };
  return JSON.stringify({ job_id: job, timestamp: at, failed_nodes: [entry, byHand] });
}

/** The state after a run of the committed rows in which two nodes failed; one of them was then marked as booted. */
function stateAfterRun(): RestartState {
  const targets = targetsOf(committed, '2.2');
  return {
    imageGroup,
    updatedAt: at,
    previousInventory: targets,
    bootedNodes: targets
      .filter(({ bmcIp }) => bmcIp !== failing.bmcIp && bmcIp !== marked.bmcIp)
      .map(({ bmcIp, hostname }) => ({ bmcIp, hostname, bootedAt: at, manuallyBooted: false })),
  };
}

/** The state folder of the stage engine after that run. */
export function engineFiles(): ReadonlyMap<string, string> {
  const { previousInventory: inventory, bootedNodes: booted } = stateAfterRun();
  const files = renderStateFiles({ jobId, timestamp: at, inventory, booted, failed: [], results: [] });
  const begin = { type: 'begin', at, run: 'r', jobId, imageGroup };
  const lines = [begin, { type: 'end', at }].map((record) => `${JSON.stringify(record)}\n`);
  const texts = [...files].map(([name, pieces]): [string, string] => [name, [...pieces].join('')]);
  return new Map([...texts, [stateFileNames.journal, lines.join('')]]);
}

/** The management server's job, which has deployed. */
export function oimJobOf(hasRestarted: boolean): OimJob {
  const ended = { startedAt: Date.parse(at), endedAt: Date.parse(at), attempt: 1 };
  const restart = hasRestarted
    ? oimStage({ name: 'restart', state: 'FAILED', ...ended })
    : oimStage({ name: 'restart', state: 'PENDING', startedAt: undefined, endedAt: undefined });
  return oimJob({ id: jobId, stages: [oimStage({ name: 'deploy', state: 'COMPLETED', ...ended }), restart] });
}

interface Given {
  /** The mapping file that the stage uses. */
  readonly mapping: string;
  /** The list that it reads. */
  readonly list: string | undefined;
  readonly hasRestarted: boolean;
}

/** The BMC_IPs that a management server restarts if it follows Omnia's rule (omnia.md section 3.3). */
export function restartedByOim({ mapping, list, hasRestarted }: Given): string[] {
  const restartState = hasRestarted ? { ...stateAfterRun(), imageGroup: undefined } : emptyRestartState;
  const failedNodes = nodesIn(failedListOf(list, undefined)) ?? noFailedNodes;
  const request = { file: '', text: mapping, version: '2.2', imageGroup: '', omnia: undefined } as const;
  const { plan } = planDirect(request, { restartState, failedNodes });
  return plan.nodes.filter(({ action }) => action === 'boot').map(({ target }) => target.bmcIp);
}
