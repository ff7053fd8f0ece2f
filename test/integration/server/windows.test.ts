/** Two windows on one project show the same nodes: what one window learns is in files that both watch. */
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { showSeen } from '@omnia-buildstream/client/nodes/showSeen';
import { LiveNodes } from '@omnia-buildstream/client/nodes/liveNodes';
import { readSeen, renderSeen } from '@omnia-buildstream/core/nodes/seenFile';
import { nothingSeen, withSeen, type PowerSaid } from '@omnia-buildstream/core/nodes/seenNodes';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { renderToldList } from '@omnia-buildstream/core/plan/toldList';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { NodeList } from '@omnia-buildstream/server/protocol';
import { cluster } from '../../support/cluster.ts';
import { engineFiles } from '../../support/frontEnds/situations.ts';
import { failedUri, startEditor, workspace, type Editor } from './harness.ts';
import { bothFailed, failedNodesText } from '../../support/failedNodesText.ts';

const inputUri = `${workspace}/input/pxe_mapping_file.csv`;
const rows = targetsOf(cluster, '2.2');
const waiting = { phase: 'waiting', word: 'waits', message: '' } as const;

/** A window: its language server, and what it has observed of runs. */
interface Window {
  readonly editor: Editor;
  readonly live: LiveNodes;
}

function atOnce(work: () => void): void {
  work();
}

async function openWindow(t: TestContext, files: Record<string, string>): Promise<Window> {
  const editor = await startEditor(t, { files });
  await editor.commit(inputUri, cluster);
  return { editor, live: new LiveNodes(atOnce) };
}

/** What the view shows for each node. */
async function shownIn({ editor, live }: Window): Promise<string[]> {
  const list = await editor.connection.sendRequest<NodeList | null>('buildstream/nodes', { uri: inputUri });
  return (list?.nodes ?? []).map((node) => {
    const { state, run } = live.verdictOf(node);
    return `${node.hostname} ${run?.phase ?? state}`;
  });
}

/** Writes files; the watchers of both windows report them. */
async function write(windows: readonly Window[], files: ReadonlyMap<string, string>): Promise<void> {
  for (const [uri, text] of files) for (const { editor } of windows) await editor.writeToDisk(uri, text);
}

const told = (failed: readonly string[], afterList: string): ReadonlyMap<string, string> => {
  const entries = rows
    .filter(({ hostname }) => failed.includes(hostname))
    .map((row) => ({ ...row, status: 'failed', message: 'm', failureStage: undefined }));
  const known = new Set(rows.map(({ bmcIp }) => bmcIp));
  const text = renderToldList({ jobId: 'j', at: '2026-04-12T00:00:00Z', afterList, known, failed: entries });
  return new Map([[`${workspace}/${toldListPlace}`, text]]);
};
const state = new Map([...engineFiles()].map(([name, text]) => [`${workspace}/.buildstream/restart/${name}`, text]));
const later = failedNodesText({ bmc_ip: '10.6.0.12', hostname: 'kn1', status: 'failed', message: 'later' });

suite('two windows on one project', () => {
  for (const [title, left, expected] of [
    [
      'a restart from here',
      state,
      ['kcp1 booted', 'kn1 not-booted', 'slurm1 not-booted', 'cn-001 booted', 'cn-002 new'],
    ],
    [
      'a restart of the management server that booted all',
      told([], 'none'),
      ['kcp1 ok', 'kn1 ok', 'slurm1 ok', 'cn-001 ok', 'cn-002 ok'],
    ],
    [
      'a restart of the management server in which one failed',
      told(['slurm1'], 'none'),
      ['kcp1 ok', 'kn1 ok', 'slurm1 failed', 'cn-001 ok', 'cn-002 ok'],
    ],
    [
      'a restart of the management server, and a list of Omnia that came in since',
      new Map([...told(['slurm1'], 'none'), [failedUri, later]]),
      ['kcp1 ok', 'kn1 failed', 'slurm1 ok', 'cn-001 ok', 'cn-002 ok'],
    ],
  ] as const) {
    for (const order of ['the files are seen before the run is over', 'the run is over before the files are seen']) {
      test(`show the same after ${title}; ${order}`, async (t) => {
        const windows = [await openWindow(t, { [inputUri]: cluster }), await openWindow(t, { [inputUri]: cluster })];
        const [one = assert.fail(), other = assert.fail()] = windows;
        one.live.begin(
          rows.map(({ bmcIp }) => bmcIp),
          waiting,
        );
        for (const { bmcIp } of rows) one.live.set(bmcIp, { phase: 'booted', word: 'booted', message: '' });
        if (order.startsWith('the run')) one.live.end();
        await write(windows, left);
        one.live.end();
        assert.deepEqual(await shownIn(one), expected);
        assert.deepEqual(await shownIn(other), expected);
      });
    }
  }

  test('show the same power and image, the newest that either has seen', () => {
    const windows = [new LiveNodes(atOnce), new LiveNodes(atOnce)];
    const [bmcIp = ''] = rows.map((row) => row.bmcIp);
    const words = ({ power, error, at }: PowerSaid & { readonly at: number }) => `${error ?? power} ${String(at)}`;
    const shown = () =>
      windows.map((live) => {
        const { power, image } = live.verdictOf({ bmcIp, state: 'new' });
        return `${power ?? '-'} ${image ?? '-'}`;
      });
    let file = renderSeen(nothingSeen);
    const see = (more: Parameters<typeof withSeen>[1]): void => {
      file = renderSeen(withSeen(readSeen(file), more));
      for (const live of windows) showSeen(file, live, words);
    };
    see({ power: new Map([[bmcIp, { power: 'On', at: 2000 }]]), image: new Map([[bmcIp, { image: 'r1', at: 1 }]]) });
    assert.deepEqual(shown(), ['On 2000 r1', 'On 2000 r1']);
    see({ power: new Map([[bmcIp, { error: 'unreachable', said: 'm', at: 3000 }]]) });
    see({ power: new Map([[bmcIp, { power: 'Off', at: 1000 }]]), image: new Map([[bmcIp, { image: 'r2', at: 2 }]]) });
    assert.deepEqual(shown(), ['unreachable 3000 r2', 'unreachable 3000 r2']);
  });

  test('show the same failure, whatever one of them has asked or tested', async (t) => {
    const files = { [inputUri]: cluster, [failedUri]: bothFailed };
    const windows = [await openWindow(t, files), await openWindow(t, files)];
    const [one = assert.fail(), other = assert.fail()] = windows;
    for (const { bmcIp } of rows) {
      one.live.tell(bmcIp, { source: 'power', at: 1, text: 'on' });
      one.live.tell(bmcIp, { source: 'validation', attempt: 1, text: '2 tests passed' });
    }
    const shown = await shownIn(one);
    assert.deepEqual(shown.slice(3), ['cn-001 failed', 'cn-002 failed']);
    assert.deepEqual(await shownIn(other), shown);
  });
});
