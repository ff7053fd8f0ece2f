/**
 * A cadence builds, deploys and restarts nodes without asking. While it runs, no front end starts, commits, plays or
 * retries anything else, even if the cadence starts while a question is open. Exceptions are listed with their reason.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { commit } from '@omnia-buildstream/cli/pipelines/commit';
import { mark } from '@omnia-buildstream/cli/pipelines/mark';
import { note } from '@omnia-buildstream/cli/pipelines/note';
import { actions } from '@omnia-buildstream/cli/pipelines/options';
import { play } from '@omnia-buildstream/cli/pipelines/play';
import { retry } from '@omnia-buildstream/cli/pipelines/retry';
import { start } from '@omnia-buildstream/cli/pipelines/start';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { failedNodesPath } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { findDeployRun, type DeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { pipelineTypes } from '@omnia-buildstream/gitlab/tree/pipelineType';
import { answers, head, workspaceFiles } from '../support/vscode/fakeVscode.ts';
import {
  commandLine,
  editor,
  type CliAction,
  type EditorAction,
  type Seen,
  type World,
} from '../support/frontEnds/oneFrontEnd.ts';
import { RecordingGitLab, type GitLabSituation } from '../support/frontEnds/recordingGitLab.ts';
import { committed, jobId, mappings } from '../support/frontEnds/situations.ts';
import { childJobs } from '../support/gitlabModel.ts';
import '../support/vscode/playedVscode.ts';

const { markAndRetry } = await import('@omnia-buildstream/client/pipelines/actions/markAndRetry');
const { startDeployCommand } = await import('@omnia-buildstream/client/pipelines/actions/startDeploy');
const { deployCommand } = await import('@omnia-buildstream/client/pipelines/actions/deployGuide');
const { playCommand } = await import('@omnia-buildstream/client/pipelines/actions/playCommand');
const { playWithVariables } = await import('@omnia-buildstream/client/pipelines/actions/playVariables');
const { retryJobCommand, retryPipelineCommand } =
  await import('@omnia-buildstream/client/pipelines/actions/retryCommands');
const { commitFailedNodes, commitMappingFile } =
  await import('@omnia-buildstream/client/pipelines/files/commitCommand');
const { commitInputFiles } = await import('@omnia-buildstream/client/pipelines/files/commitInputFiles');

const mappingPath = 'input/pxe_mapping_file.csv';
const [, failing = assert.fail()] = targetsOf(committed, '2.2');
const entry = { bmc_ip: failing.bmcIp, hostname: failing.hostname, status: 'failed', message: 'm' };
const list = `${JSON.stringify({ job_id: jobId, timestamp: '2026-04-10T16:00:00Z', failed_nodes: [entry] })}\n`;

/** The progress of the deploying child pipeline. */
const stages = {
  'waits for deploy': { childStatus: 'manual', childJobs: childJobs({ select_a: 'success' }) },
  'waits for an image': { childStatus: 'manual', childJobs: childJobs({}) },
  'restart failed': {
    childStatus: 'failed',
    childJobs: childJobs({ select_a: 'success', deploy: 'success', restart: 'failed', validate: 'skipped' }),
  },
} as const satisfies Readonly<Record<string, Pick<GitLabSituation, 'childStatus' | 'childJobs'>>>;

function situationOf(stage: keyof typeof stages): GitLabSituation {
  const files = { [mappingPath]: committed, [failedNodesPath]: list, 'catalog_rhel.json': '{}\n' };
  return { files, before: { [mappingPath]: committed }, log: `JOB_ID=${jobId}\n`, ...stages[stage] };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'beside-cadence-'));
after(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file of the user and sets `head`, git's text of it. */
function ownFile(file: string, text: string, inGit: string): string {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, text);
  workspaceFiles.splice(0, workspaceFiles.length, place);
  head.text = inGit;
  answers.input = 'm';
  answers.pick = (items) => items;
  return place;
}

async function runOf(world: World): Promise<DeployRun> {
  const { client } = new RecordingGitLab(world.situation);
  const call = { signal: new AbortController().signal };
  return findDeployRun(await loadTree(client, { projectId: 1, pipelineId: 1 }, call)) ?? assert.fail();
}

interface Way {
  readonly stage: keyof typeof stages;
  /** It sends without a question, because the user chose something that touches no node. */
  readonly asksNothing?: boolean;
  /** Why it is sent even while a cadence runs. */
  readonly goesOn?: string;
  readonly go: (world: World) => Promise<Seen>;
}

const there = (stage: Way['stage'], action: CliAction, args: () => readonly string[]): Way => ({
  stage,
  go: (world) => commandLine(action, args(), world, folder),
});
const here = (stage: Way['stage'], action: (run: DeployRun) => EditorAction, leadsOn?: string): Way => ({
  stage,
  go: async (world) => editor(action(await runOf(world)), leadsOn === undefined ? world : { ...world, leadsOn }),
});
const jobEntry = (job: unknown): never => ({ rootId: 1, entry: { kind: 'job', job, earlier: [] } }) as never;
const newMapping = () => ownFile(mappingPath, mappings['with a node added'], committed);

const markAll: EditorAction = (context) => {
  answers.pick = (items) => items;
  return markAndRetry(context, { rootId: 1, bmcIps: [] });
};

/** Everything that either front end sends to GitLab. */
const ways: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    pipelineTypes.map((type) => [
      `pipelines start --type ${type}`,
      there('restart failed', start, () => ['start', '--type', type]),
    ]),
  ),
  'pipelines play of an image': there('waits for an image', play, () => ['play', '1', 'select_a']),
  'pipelines play of deploy': there('waits for deploy', play, () => ['play', '1', 'deploy']),
  'pipelines play with variables': there('waits for deploy', play, () => ['play', '1', 'deploy', '--var', 'A=b']),
  'pipelines retry': there('restart failed', retry, () => ['retry', '1']),
  'pipelines retry --job': there('restart failed', retry, () => ['retry', '1', '--job', 'restart']),
  'pipelines retry --new-child': there('restart failed', retry, () => ['retry', '1', '--new-child']),
  'pipelines mark': there('restart failed', mark, () => ['mark', '--nodes', failing.hostname]),
  'pipelines mark PIPELINE': there('restart failed', mark, () => ['mark', '1', '--nodes', failing.hostname]),
  'pipelines mark --retry': there('restart failed', mark, () => ['mark', '1', '--all', '--retry']),
  'pipelines mark --retry --new-child': there('restart failed', mark, () => [
    ...['mark', '1', '--all', '--retry', '--new-child'],
  ]),
  'pipelines commit of the mapping file': there('restart failed', commit, () => ['commit', newMapping(), '--merged']),
  'pipelines commit of the catalog of the cadence': there('restart failed', commit, () => [
    ...['commit', ownFile('cadence_catalog_rhel.json', '{}\n', ''), '--merged'],
  ]),
  'pipelines commit of another input': there('restart failed', commit, () => [
    ...['commit', ownFile('input/network_spec.yml', 'Networks: []\n', ''), '--merged'],
  ]),
  'pipelines note': {
    ...there('restart failed', note, () => ['note', '12', '--file', ownFile('plan.md', '# Plan\n', '')]),
    goesOn:
      'It writes a comment for whoever reviews a merge request: no pipeline, no file of a branch, no node. While a cadence ' +
      'runs, reviewers need to see what a merge would boot as much as ever.',
  },
  'Deploy Through GitLab…, to list images': {
    ...here('restart failed', () => (context) => {
      answers.pick = (items) => items.at(-1);
      return deployCommand(context);
    }),
    asksNothing: true,
  },
  'Start Deploy Pipeline': here('restart failed', () => (context) => startDeployCommand(context)),
  'Run Manual Job of an image': here(
    'waits for an image',
    ({ images }) =>
      (context) =>
        playCommand(context, jobEntry(images[0])),
  ),
  'Run Manual Job of deploy': here(
    'waits for deploy',
    ({ deploy }) =>
      (context) =>
        playCommand(context, jobEntry(deploy)),
  ),
  'Run Manual Job with Variables…': here('waits for deploy', ({ deploy }) => (context) => {
    answers.input = '';
    return playWithVariables(context, jobEntry(deploy));
  }),
  'Retry Job': here(
    'restart failed',
    ({ restart }) =>
      (context) =>
        retryJobCommand(context, jobEntry(restart)),
  ),
  'Retry Pipeline': here(
    'restart failed',
    ({ node }) =>
      (context) =>
        retryPipelineCommand(context, { rootId: 1, pipeline: node.pipeline } as never),
  ),
  'Retry Pipeline › Create New Child Pipeline': here(
    'restart failed',
    ({ node }) =>
      (context) =>
        retryPipelineCommand(context, { rootId: 1, pipeline: node.pipeline } as never),
    'Create New Child Pipeline…',
  ),
  'Mark Booted and Retry…': here('restart failed', () => markAll),
  'Mark Booted and Retry… › Create New Child Pipeline': here(
    'restart failed',
    () => markAll,
    'Create New Child Pipeline…',
  ),
  'Commit Mapping File…': here('restart failed', () => (context) => {
    newMapping();
    return commitMappingFile(context);
  }),
  'Commit Input Files…': here('restart failed', () => (context) => {
    newMapping();
    return commitInputFiles(context);
  }),
  'Commit failed_nodes.json…': here('restart failed', () => (context) => {
    ownFile(failedNodesPath, list.replace('"failed"', '"success"'), list);
    return commitFailedNodes(context);
  }),
};

suite('while a cadence runs', () => {
  for (const [name, { stage, go, asksNothing = false, goesOn }] of Object.entries(ways)) {
    test(goesOn === undefined ? `nothing is sent: ${name}` : `it is sent: ${name}. ${goesOn}`, async () => {
      const situation = situationOf(stage);
      const free = await go({ situation });
      assert.ok(
        free.orders.length > 0 && free.asked.length > 0 !== asksNothing,
        `without one it is sent: ${free.refusal ?? free.text}`,
      );
      if (goesOn !== undefined) {
        const beside = await go({ situation: { ...situation, cadence: true } });
        assert.deepEqual([beside.orders, beside.problem], [free.orders, undefined]);
        return;
      }

      const busy = await go({ situation: { ...situation, cadence: true } });
      assert.deepEqual([busy.asked, busy.orders, busy.problem], [[], [], { kind: 'cadence-runs', pipeline: 50 }]);

      if (asksNothing) return;
      const meanwhile = (server: RecordingGitLab): void => {
        server.situation = { ...situation, cadence: true };
      };
      const late = await go({ situation, meanwhile });
      assert.deepEqual([late.asked.length, late.orders], [1, []]);
      assert.match(JSON.stringify(late.problem ?? late.refusal), /cadence-runs|another pipeline has started/);
    });
  }
});

test('a cadence that runs is seen behind newer pipelines that wait for somebody, as many as one page of GitLab has', async () => {
  const situation: GitLabSituation = { ...situationOf('restart failed'), cadence: true };
  for (const waiting of [4, 5, 19, 20, 99]) {
    const seen = await commandLine(retry, ['retry', '1'], { situation: { ...situation, waiting } }, folder);
    assert.deepEqual([seen.orders, seen.problem], [[], { kind: 'cadence-runs', pipeline: 50 }], String(waiting));
  }
});

/** Actions that only read. */
const reads = ['list', 'show', 'log'];

test('every action of pipelines that sends something is in the table', () => {
  const named = Object.keys(ways).flatMap((name) => /^pipelines (\w+)/.exec(name)?.[1] ?? []);
  assert.deepEqual([...new Set([...named, ...reads])].sort(), [...actions].sort());
});
