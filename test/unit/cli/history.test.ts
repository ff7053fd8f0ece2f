import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { historyLine, type HistoryRecord } from '@omnia-buildstream/core/history/historyRecord';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { chosenByClient, Documents } from '@omnia-buildstream/server/documents';
import { HistoryFiles } from '@omnia-buildstream/server/nodes/historyFiles';
import { NodeFileStore } from '@omnia-buildstream/server/nodes/nodeFileStore';
import { NodePairs } from '@omnia-buildstream/server/nodes/nodePairs';
import { defaultSettings } from '@omnia-buildstream/server/settings';
import { folderOf } from '../../support/cli/files.ts';
import { runCli, type Ran } from '../../support/cli/runCli.ts';

const at = '2026-04-10T16:00:00.000Z';
const name = '20260410T160000Z-restart-abc';
const records: readonly HistoryRecord[] = [
  {
    type: 'run',
    at,
    run: 'abc-1',
    stage: 'restart',
    backend: 'direct',
    imageGroup: 'G',
    jobId: '',
    by: { user: 'ada', host: 'desk', gitlabUser: '', program: 'editor', version: '1.0' },
    server: '',
    subject: '',
    shown: [],
    mapping: undefined,
    plan: 'ab'.repeat(32),
    answers: [],
    nodes: [
      { bmcIp: '10.6.0.1', hostname: 'cn-1', action: 'run', why: 'not booted yet' },
      { bmcIp: '10.6.0.2', hostname: 'cn-2', action: 'leave', why: 'booted already' },
    ],
  },
  { type: 'reset', at, bmcIp: '10.6.0.1', kind: 'ForceRestart' },
  {
    type: 'node',
    at,
    bmcIp: '10.6.0.1',
    hostname: 'cn-1',
    status: 'failed',
    message: 'no \u001b[2Jreport',
    advice: 'Look.',
  },
];
const text = records.map((record) => historyLine(record, (same) => same)).join('');

suite('buildstream history', () => {
  const show = (context: TestContext, ...args: readonly string[]): Promise<Ran> => {
    const cwd = folderOf(context, { [`.buildstream/history/${name}.ndjson`]: text });
    return runCli(['history', ...args], { cwd });
  };

  test('lists runs, tells one of them, and the runs of a node', async (context) => {
    assert.match((await show(context)).stdout, new RegExp(`^RUN .*\\n${name} .*ada@desk .*restart .*G .*Not ended`));
    const one = (await show(context, name)).stdout;
    assert.match(
      one,
      /Run history: restart by ada on desk.*What was done:.*What is left:.*Failed: cn-1.*What to do next:/s,
    );
    assert.ok(!one.includes('\u001b'), 'nothing of it steers the terminal');
    assert.match((await show(context, 'CN-1')).stdout, /not booted yet.*ForceRestart.*failed: no/);
    assert.match((await show(context, '10.6.0.2')).stdout, /booted already.*left alone/);
  });

  test('for people who take over, and for programs', async (context) => {
    assert.match((await show(context, name, '--format', 'md')).stdout, /^# Run history/);
    const runs = JSON.parse((await show(context, '--json')).stdout) as { runs: { run: string; ended: unknown }[] };
    assert.deepEqual(
      runs.runs.map(({ run, ended }) => [run, ended]),
      [['abc-1', null]],
    );
    const node = JSON.parse((await show(context, 'cn-1', '--json')).stdout) as {
      runs: { node: { resets: unknown[] } }[];
    };
    assert.equal(node.runs[0]?.node.resets.length, 1);
  });

  test('says when there is nothing, and refuses what nobody knows', async (context) => {
    const cwd = folderOf(context, {});
    assert.match((await runCli(['history'], { cwd })).stdout, /Nothing has been run from here/);
    assert.deepEqual([(await show(context, 'nobody')).code, (await show(context, 'a', 'b')).code], [2, 2]);
  });
});

suite('a history that is damaged', () => {
  const torn = '20260411T160000Z-restart-torn.ndjson';
  const damaged = (context: TestContext): string => {
    const failed: HistoryRecord = { type: 'end', at, outcome: 'failed', stopped: 'the \u001b[2Jdisk', summary: '' };
    const cwd = folderOf(context, {
      [`.buildstream/history/${name}.ndjson`]: text + historyLine(failed, (same) => same),
      [`.buildstream/history/${torn}`]: text.slice(text.indexOf('\n') + 1),
    });
    mkdirSync(path.join(cwd, '.buildstream/history/20260412T160000Z-restart-folder.ndjson'));
    return cwd;
  };

  test('is in the list: what cannot be read, and why a run ended, with nothing that steers the terminal', async (context) => {
    const { stdout, code } = await runCli(['history'], { cwd: damaged(context) });
    assert.equal(code, 0);
    assert.match(stdout, /20260412T160000Z-restart-folder .*Cannot be read: .* is not a regular file\./);
    assert.match(stdout, /20260411T160000Z-restart-torn .*Cannot be read: its beginning was not written\./);
    assert.match(stdout, new RegExp(`${name} .*Not all of it succeeded\\. It stopped early: the disk\\.`));
    assert.ok(!stdout.includes('\u001b'));
  });

  test('is told with a node, which it may have known, and when it is asked for by name', async (context) => {
    const cwd = damaged(context);
    assert.match((await runCli(['history', 'cn-1'], { cwd })).stdout, /restart-torn .*its beginning was not written/);
    const node = JSON.parse((await runCli(['history', 'cn-1', '--json'], { cwd })).stdout) as { unreadable: unknown[] };
    assert.equal(node.unreadable.length, 2);
    for (const wanted of ['20260411T160000Z-restart-torn', torn, 'nobody']) {
      const { code, stderr } = await runCli(['history', wanted], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /restart-torn\.ndjson: Cannot be read: its beginning was not written\./);
    }
  });
});

test('whatever is asked of a history, each of its files is read once', async (context) => {
  const second = '20260411T160000Z-restart-def.ndjson';
  const cwd = folderOf(context, {
    [`.buildstream/history/${name}.ndjson`]: text,
    [`.buildstream/history/${second}`]: text.replace('abc-1', 'def-1'),
  });
  for (const args of [[], ['cn-1'], [name], ['abc-1'], ['nobody']]) {
    const opened: string[] = [];
    const open: typeof nodeFiles.open = (file, ...rest) => {
      opened.push(String(file));
      return nodeFiles.open(file, ...rest);
    };
    await runCli(['history', ...args], { cwd, fs: { open } });
    assert.equal(new Set(opened).size, opened.length, args.join(' '));
    assert.ok(opened.length > 0);
  }
});

suite('the language server', () => {
  const uri = 'file:///p/input/pxe_mapping_file.csv';
  const mapping = 'HOSTNAME,BMC_IP\ncn-1,10.6.0.1\n';

  class Files {
    readonly reads: string[] = [];
    looks = 0;
    readonly known = new Map([[`${name}.ndjson`, '1']]);
    read(file: string): Promise<string | undefined> {
      this.reads.push(file.slice(file.lastIndexOf('/') + 1));
      return Promise.resolve(file === uri ? mapping : file.endsWith('.ndjson') ? text : undefined);
    }
    states(_: string, choose: (names: readonly string[]) => readonly string[]) {
      this.looks++;
      return Promise.resolve(new Map(choose([...this.known.keys()]).map((file) => [file, this.known.get(file) ?? ''])));
    }
  }

  test('reads a history again only when its file has changed, and of the newest alone', async () => {
    const files = new Files();
    const history = new HistoryFiles(files);
    const first = await history.lastResets(uri);
    assert.equal(first.get('10.6.0.1')?.reset?.user, 'ada');
    assert.equal(await history.lastResets(uri), first);
    files.known.set(`${name}.ndjson`, '2');
    await history.lastResets(uri);
    assert.deepEqual(files.reads, [`${name}.ndjson`, `${name}.ndjson`]);
    for (let n = 10; n < 40; n++) files.known.set(`20260412T1600${String(n)}Z-restart-x.ndjson`, '1');
    await history.lastResets(uri);
    assert.equal(files.reads.length, 22, 'the twenty newest, each once');
  });

  test('does not look at the history for nodes, lenses and every keystroke, only for who shows it', async () => {
    const files = new Files();
    const documents = new Documents(chosenByClient);
    const store = new NodeFileStore(documents, files, () => Promise.resolve(defaultSettings));
    const pairs = new NodePairs(store, ['file:///p']);
    const project = await pairs.of(uri);
    assert.equal(project.mapping?.uri, uri);
    assert.equal(files.looks, 0);
    assert.equal((await pairs.lastResetsOf(project))?.get('10.6.0.1')?.reset?.user, 'ada');
  });
});
