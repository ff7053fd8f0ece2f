/**
 * The same promise for what is written to the project, and what follows: marks with the retry, and commits. Both front
 * ends name the same nodes, write the same bytes and refuse for the same reason. Nothing is sent if it would differ
 * from what was shown.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, suite, test } from 'node:test';
import { commit } from '@omnia-buildstream/cli/pipelines/commit';
import { mark } from '@omnia-buildstream/cli/pipelines/mark';
import { start } from '@omnia-buildstream/cli/pipelines/start';
import { markText } from '@omnia-buildstream/core/failedNodes/markText';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { loadTree } from '@omnia-buildstream/gitlab/api/loadTree';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { markableIn } from '@omnia-buildstream/gitlab/omnia/markFailed';
import { prepareCommit } from '@omnia-buildstream/gitlab/omnia/prepare/prepareCommit';
import { prepareMark } from '@omnia-buildstream/gitlab/omnia/prepare/prepareMark';
import { prepareStart } from '@omnia-buildstream/gitlab/omnia/prepare/prepareStart';
import { failedNodesPath, serverFile } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { findDeployRun } from '@omnia-buildstream/gitlab/tree/deployRun';
import { answers, head, workspaceFiles } from '../support/vscode/fakeVscode.ts';
import { childJobs } from '../support/gitlabModel.ts';
import { commandLine, editor, type EditorAction, type Seen, type World } from '../support/frontEnds/oneFrontEnd.ts';
import { RecordingGitLab, type GitLabSituation } from '../support/frontEnds/recordingGitLab.ts';
import { committed, jobId, lists, mappings, restartedByOim } from '../support/frontEnds/situations.ts';
import '../support/vscode/playedVscode.ts';

const { markAndRetry } = await import('@omnia-buildstream/client/pipelines/actions/markAndRetry');
const { startDeployCommand } = await import('@omnia-buildstream/client/pipelines/actions/startDeploy');
const { commitFailedNodes } = await import('@omnia-buildstream/client/pipelines/files/commitCommand');
const { commitInputFiles } = await import('@omnia-buildstream/client/pipelines/files/commitInputFiles');

const mappingPath = 'input/pxe_mapping_file.csv';
const call = { signal: new AbortController().signal };
const [, failing = assert.fail(), other = assert.fail()] = targetsOf(committed, '2.2');

/** Two failed nodes, of which a test marks one. */
function twoFailed(job: string): string {
  const entry = ({ bmcIp, hostname }: typeof failing) => ({ bmc_ip: bmcIp, hostname, status: 'failed', message: 'm' });
  return `${JSON.stringify({ job_id: job, timestamp: '2026-04-10T16:00:00Z', failed_nodes: [entry(failing), entry(other)] })}\n`;
}

const jobs = childJobs({ select_a: 'success', deploy: 'success', restart: 'failed', validate: 'skipped' });

function situationOf(
  mapping: string | undefined,
  list: string | undefined,
  log = `JOB_ID=${jobId}\n`,
): GitLabSituation {
  const files = { [mappingPath]: mapping, [failedNodesPath]: list };
  return { files, before: { [mappingPath]: committed }, log, childStatus: 'failed', childJobs: jobs };
}

/** BMC_IP and reason of the nodes under "Will be booted", in order. */
function bootedIn(text: string): string[] {
  const [, booted = ''] = text.split('Will be booted');
  const rows = (booted.split('Left alone')[0] ?? '').split('\n');
  return rows.flatMap((row) => {
    const [, , , cell = '', reason = ''] = row.split('|').map((part) => part.trim());
    const [, bmcIp = cell, why = reason] = /^\S+ +\S+ +([\d.]+) +(.+)$/.exec(row) ?? [];
    return /^[\d.]+$/.test(bmcIp) ? [`${bmcIp} ${why.trim()}`] : [];
  });
}

const omniaOf = ({ client, project }: RecordingGitLab) => ({
  client,
  project,
  version: undefined,
  reading: () => call,
});

const markHere: EditorAction = (context) => markAndRetry(context, { rootId: 1, bmcIps: [] });
const markThere = ['mark', '1', '--nodes', failing.hostname, '--retry'];

function markBoth(world: World): Promise<Seen[]> {
  return inTurn(
    () => commandLine(mark, markThere, world),
    () => {
      answers.pick = (items) => items.filter(({ label }) => label === failing.hostname);
      return editor(markHere, world);
    },
  );
}

suite('marks, and the retry after them', () => {
  const logs = { 'of a known job': `JOB_ID=${jobId}\n`, 'of a job that nobody knows': 'selected\n' };
  const given = { own: twoFailed(jobId), foreign: twoFailed('another'), 'without a job': twoFailed('') };

  for (const [mappingName, mapping] of Object.entries(mappings)) {
    for (const [listName, list] of Object.entries(given)) {
      for (const [logName, log] of Object.entries(logs)) {
        test(`are the same in both front ends: ${logName}, mapping file ${mappingName}, list ${listName}`, async () => {
          const situation = situationOf(mapping, list, log);
          const marked = markText(list, [failing.bmcIp], 'success');
          const [there = assert.fail(), here = assert.fail()] = await markBoth({ situation });
          const orders = [`commit ${failedNodesPath}\n${marked}`, 'retry pipeline 3'];
          assert.deepEqual([there.orders, here.orders], [orders, orders]);
          assert.deepEqual([there.refusal, here.refusal], [undefined, undefined]);

          const server = new RecordingGitLab(situation);
          const tree = await loadTree(server.client, { projectId: 1, pipelineId: 1 }, call);
          const { node, restart } = findDeployRun(tree) ?? assert.fail();
          assert.ok(restart !== undefined);
          const omnia = omniaOf(server);
          const listed = markableIn(await serverFile(omnia, failedNodesPath, 'main'));
          assert.ok(listed.kind === 'usable');
          const marks = { base: listed.base, nodes: [failing] };
          const prepared = await prepareMark(omnia, marks, { tree, node, jobs: [restart] });
          const planned = prepared.nodes.map(({ target, why }) => `${target.bmcIp} ${wordsOf(why)}`);
          assert.deepEqual([bootedIn(there.text), bootedIn(here.asked[0] ?? '')], [planned, planned]);
          assert.deepEqual(
            prepared.files.map(({ name, content }) => [name, Buffer.from(content).toString()]),
            [['failed_nodes.json', marked]],
          );
          if (mapping === undefined || here.asked[0]?.includes('Up to ') === true) return;
          const restarted = restartedByOim({ mapping, list: marked, hasRestarted: true });
          assert.deepEqual(
            planned.map((one) => one.split(' ')[0]),
            restarted,
          );
        });
      }
    }
  }

  for (const [listName, list] of Object.entries({ missing: lists.missing, broken: lists.broken })) {
    test(`are refused by both for the same reason, and nothing is asked: list ${listName}`, async () => {
      const seen = await markBoth({ situation: situationOf(committed, list) });
      for (const { asked, orders, refusal, problem } of seen) {
        assert.deepEqual([asked, orders], [[], []]);
        if (list === undefined) assert.match(refusal ?? '', /There is no .*failed_nodes\.json on the server/);
        else assert.deepEqual(problem, seen[0]?.problem);
      }
      assert.equal(list === undefined || JSON.stringify(seen[0]?.problem).includes('failed-not-json'), true);
    });
  }

  test('are refused while a merge has left a conflict in the mapping file, also when no retry follows', async () => {
    const [header = '', first = '', ...rows] = committed.split('\n');
    const conflict = [header, '<<<<<<< HEAD', first, '=======', first, '>>>>>>> other', ...rows].join('\n');
    const world = { situation: situationOf(conflict, twoFailed(jobId)) };
    const alone = await commandLine(mark, ['mark', '--nodes', failing.hostname], world);
    for (const { asked, orders, problem } of [...(await markBoth(world)), alone]) {
      const obstacle = { kind: 'merge-conflict', lines: [1], values: [] };
      assert.deepEqual([asked, orders, problem], [[], [], { kind: 'stage-ends', obstacle }]);
    }
  });

  test('nothing is written when the retry is another one after the yes', async () => {
    const situation = situationOf(committed, twoFailed(jobId));
    const meanwhile = (server: RecordingGitLab) => {
      server.situation = situationOf(mappings['with a node added'], twoFailed(jobId));
    };
    for (const { orders, refusal } of await markBoth({ situation, meanwhile })) {
      assert.deepEqual(orders, []);
      assert.match(refusal ?? '', /effect has changed since it was shown/);
    }
  });

  test('nothing is written over what somebody else wrote; it is shown and asked again', async () => {
    const situation = situationOf(committed, twoFailed(jobId));
    const theirs = markText(twoFailed(jobId), [other.bmcIp], 'success');
    const meanwhile = (server: RecordingGitLab) => {
      server.situation = situationOf(committed, theirs);
    };
    for (const { orders, asked, text } of await markBoth({ situation, meanwhile })) {
      assert.deepEqual(orders, []);
      assert.equal(asked.length, 2);
      assert.match(text, new RegExp(`${other.hostname} \\(${other.bmcIp}\\): failed (?:->|→) success`));
    }
    const both = markText(theirs, [failing.bmcIp], 'success');
    for (const { orders } of await markBoth({ situation, meanwhile, again: true })) {
      assert.deepEqual(orders, [`commit ${failedNodesPath}\n${both}`, 'retry pipeline 3']);
    }
  });

  test('nothing is retried when the list is not surely as it was to be after the commit', async () => {
    const situation = situationOf(committed, twoFailed(jobId));
    const afterCommit = (server: RecordingGitLab) => {
      server.situation = situationOf(committed, twoFailed('another'));
    };
    for (const { orders } of await markBoth({ situation, afterCommit })) {
      assert.deepEqual(
        orders.map((order) => order.split('\n')[0]),
        [`commit ${failedNodesPath}`],
      );
    }
  });

  for (const [version, place, first] of [
    ['2.2', mappingPath, 'jobs'],
    ['2.3', 'input/orchestrator/pxe_mapping_file.csv', 'child'],
  ] as const) {
    test(`are followed by either way of trying it again, and the one of ${version} comes first`, async () => {
      const list = twoFailed(jobId);
      const files = { [place]: committed, [failedNodesPath]: list };
      const situation = { ...situationOf(undefined, list), files, before: { [place]: committed } };
      const marked = markText(list, [failing.bmcIp], 'success');
      const orders = [`commit ${failedNodesPath}\n${marked}`, 'retry bridge 29'];
      const there = await commandLine(mark, [...markThere, '--new-child'], { situation });
      assert.deepEqual([there.refusal, there.orders], [undefined, orders]);
      assert.match(there.text, /The other way: buildstream pipelines mark 1 … --retry$/m);

      const shown: (readonly string[])[] = [];
      const here = await editor(
        (context) => {
          answers.pick = (items) => items.filter(({ label }) => label === failing.hostname);
          answers.modal = (_question, _detail, buttons) => {
            shown.push(buttons.filter((button) => !/Plan|Check/.test(button)));
            return buttons.find((button) => button.includes('Create New Child'));
          };
          return markHere(context, { origin: '' });
        },
        { situation },
      );
      const ways = ['Mark 1 and PXE-Boot 1', 'Create New Child Pipeline…'];
      const offered = first === 'child' ? ways.toReversed() : ways;
      assert.equal(here.refusal, undefined);
      assert.deepEqual(shown, [offered, ['Mark 1, Create New Child']]);
      assert.deepEqual(here.orders, orders);
    });
  }

  test('the marks are told when GitLab refuses the retry after them', async () => {
    const retryError = new GitLabError('refused', { method: 'POST', path: 'retry', effect: 'none' });
    const situation = { ...situationOf(committed, twoFailed(jobId)), retryError };
    const [there = assert.fail(), here = assert.fail()] = await markBoth({ situation });
    for (const { orders, refusal } of [there, here]) {
      assert.equal(orders.length, 1);
      assert.match(refusal ?? '', /GitLabError/);
    }
    assert.match(there.text, /Committed as made/);
  });
});

suite('commits of input files', () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const changes: Readonly<Record<string, readonly [file: string, text: string]>> = {
    'mapping file with a node added': [mappingPath, mappings['with a node added']],
    'mapping file with a node renamed': [mappingPath, mappings['changed since deploy']],
    'mapping file with a node removed': [mappingPath, committed.replace(/^.*,cn-001,.*\n/m, '')],
    catalog: ['catalog_rhel.json', '{"catalog":{"identifier":"a","version":"2"}}\n'],
    'catalog of the cadence': ['cadence_catalog_rhel.json', '{"catalog":{"identifier":"a","version":"2"}}\n'],
    'another input': ['input/network_spec.yml', 'Networks: []\n'],
  };

  function commitBoth([file, text]: readonly [string, string], world: World): Promise<[Seen, Seen]> {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-commit-'));
    folders.push(folder);
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
    return inTurn(
      () => commandLine(commit, ['commit', place, '--merged', '--message', 'm'], world, folder),
      () => {
        workspaceFiles.splice(0, workspaceFiles.length, place);
        head.text = world.situation.files[file];
        answers.pick = (items) => items;
        answers.input = 'm';
        return editor((context) => commitInputFiles(context), world);
      },
    );
  }

  for (const [name, change] of Object.entries(changes)) {
    for (const [listName, list] of Object.entries(lists)) {
      test(`are the same in both front ends: ${name}, list ${listName}`, async () => {
        const situation = situationOf(committed, list);
        const [file, text] = change;
        const [there, here] = await commitBoth(change, { situation });
        const orders = [`commit ${file}\n${text}`];
        assert.deepEqual([there.refusal, here.refusal], [undefined, undefined]);
        assert.deepEqual([there.orders, here.orders], [orders, orders]);
        const server = new RecordingGitLab(situation);
        const omnia = omniaOf(server);
        const base = await serverFile(omnia, file, 'main');
        const prepared = await prepareCommit(omnia, { changes: [{ path: file, text, server: base }], message: 'm' });
        const shown = (prepared.restart?.plan.nodes ?? []).filter(({ action }) => action === 'boot');
        assert.deepEqual(
          bootedIn(there.text).map((one) => one.split(' ')[0]),
          shown.map(({ target }) => target.bmcIp),
        );
        assert.deepEqual(bootedIn(here.text), bootedIn(there.text));
        for (const note of prepared.notes) {
          const words = wordsOf(note);
          assert.ok(there.text.includes(words), `the command line says: ${words}`);
          assert.ok(here.text.includes(words), `the editor says: ${words}`);
        }
        // Only a cadence boots nodes without asking again.
        assert.equal(prepared.nodes.length, name === 'catalog of the cadence' ? 4 : 0);
      });
    }

    test(`are not sent when they lead to another plan after the yes: ${name}`, async () => {
      const [file] = change;
      const isPlanned = file === mappingPath || file.startsWith('cadence');
      const situation = situationOf(committed, lists.own);
      const meanwhile = (server: RecordingGitLab) => {
        const mapping = file === mappingPath ? committed : mappings['with a node added'];
        server.situation = situationOf(mapping, twoFailed(jobId));
      };
      for (const { orders, refusal } of await commitBoth(change, { situation, meanwhile })) {
        assert.equal(orders.length, isPlanned ? 0 : 1);
        if (isPlanned) assert.match(refusal ?? '', /effect has changed since it was shown/);
      }
    });

    test(`are not sent while a cadence runs: ${name}`, async () => {
      const situation = { ...situationOf(committed, lists.own), cadence: true };
      for (const { orders, refusal } of await commitBoth(change, { situation })) {
        assert.deepEqual(orders, []);
        assert.match(refusal ?? '', /cadence/);
      }
    });
  }

  test('of a list on which the restart stage fails are refused before anything is asked', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-commit-'));
    folders.push(folder);
    const place = path.join(folder, failedNodesPath);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, lists.broken);
    workspaceFiles.splice(0, workspaceFiles.length, place);
    head.text = lists.own;
    answers.input = 'm';
    const seen = await editor((context) => commitFailedNodes(context), {
      situation: situationOf(committed, lists.own),
    });
    assert.deepEqual([seen.asked, seen.orders], [[], []]);
    assert.match(JSON.stringify(seen.problem), /"kind":"failed-nodes".*failed-not-json/);
  });
});

suite('the start of a deploy pipeline', () => {
  const startBoth = (world: World): Promise<[Seen, Seen]> =>
    inTurn(
      () => commandLine(start, ['start', '--type', 'deploy'], world),
      () => editor((context) => startDeployCommand(context), world),
    );

  for (const [mappingName, mapping] of Object.entries(mappings)) {
    for (const [listName, list] of Object.entries(lists)) {
      test(`is the same in both front ends: mapping file ${mappingName}, list ${listName}`, async () => {
        const situation = situationOf(mapping, list);
        const [there, here] = await startBoth({ situation });
        const orders = ['start main {"PIPELINE_TYPE":"deploy"}'];
        assert.deepEqual([there.orders, here.orders], [orders, orders]);
        assert.deepEqual(bootedIn(here.text), bootedIn(there.text));
        const prepared = await prepareStart(omniaOf(new RecordingGitLab(situation)), { type: 'deploy', ref: 'main' });
        assert.deepEqual(prepared.nodes, []);
        for (const note of prepared.notes) {
          assert.ok(there.text.includes(wordsOf(note)) && here.text.includes(wordsOf(note)), wordsOf(note));
        }
      });
    }
  }

  test('is not sent when it leads to another plan after the yes', async () => {
    const situation = situationOf(committed, lists.own);
    const meanwhile = (server: RecordingGitLab) => {
      server.situation = situationOf(committed, twoFailed(jobId));
    };
    for (const { orders, refusal } of await startBoth({ situation, meanwhile })) {
      assert.deepEqual(orders, []);
      assert.match(refusal ?? '', /effect has changed/);
    }
  });
});

/** Runs one after the other, because the editor has a single set of answers. */
async function inTurn(...[there, here]: [() => Promise<Seen>, () => Promise<Seen>]): Promise<[Seen, Seen]> {
  return [await there(), await here()];
}
