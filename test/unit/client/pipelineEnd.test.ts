import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import type { TellContext } from '@omnia-buildstream/client/pipelines/view/tellNews';
import type { OpenProject } from '@omnia-buildstream/client/pipelines/project/projectSession';
import type { LogContext } from '@omnia-buildstream/client/pipelines/logs/logCommands';
import type { News } from '@omnia-buildstream/gitlab/poll/news';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type * as vscode from 'vscode';
import { childJobs, deployTree, job } from '../../support/gitlabModel.ts';
import { growingLog } from '../../support/growingLog.ts';
import { clipboard, notified, shown } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { openServerReport } = await import('@omnia-buildstream/client/pipelines/logs/serverReport');
const { PipelineNews } = await import('@omnia-buildstream/client/pipelines/view/pipelineNews');
const { runSummary } = await import('@omnia-buildstream/client/pipelines/runSummary');
const { tellNews } = await import('@omnia-buildstream/client/pipelines/view/tellNews');
const { WaitedFor } = await import('@omnia-buildstream/client/pipelines/waitedFor');

const passed = { select_a: 'success', deploy: 'success', restart: 'success', validate: 'success', summary: 'success' };
const running = deployTree('running', childJobs({ select_a: 'success', deploy: 'success', restart: 'running' }));
const green = deployTree('success', childJobs(passed));
const red = deployTree('failed', childJobs({ select_a: 'success', deploy: 'success', restart: 'failed' }));
const invalid = deployTree('failed', childJobs({ ...passed, validate: 'failed', summary: 'failed' }));
const canceled = deployTree('canceled', childJobs({ select_a: 'success', deploy: 'success', restart: 'canceled' }));

const project = { origin: 'https://gitlab.example', project: { id: 1 } } as unknown as OpenProject;

/** State that outlives a window. */
function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, given?: T) => (values.get(key) ?? given) as T,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  };
}

/** A window that follows pipelines until it is closed. */
function windowWith(state: vscode.Memento) {
  const waited = new WaitedFor(state);
  const told: News[] = [];
  const news = new PipelineNews(
    (one) => told.push(one),
    (open) => void waited.keep(project, open),
  );
  for (const id of waited.idsIn(project)) news.watchStarted(id);
  const session = { current: () => Promise.resolve(undefined) };
  const context = { session, waited, logs: {}, onTold: () => undefined, onEnd: () => Promise.resolve() };
  const tell = async (): Promise<void> => {
    for (const one of told.splice(0)) await tellNews(one, context as unknown as TellContext);
  };
  return { waited, news, tell };
}

async function toldOf(tree: PipelineNode) {
  const { waited, news, tell } = windowWith(memento());
  news.watchStarted(1);
  news.look(running);
  notified.length = 0;
  news.look(tree);
  await tell();
  return { notified: notified.map(({ kind, buttons }) => [kind, ...buttons]), ended: waited.ended?.rootId };
}

suite('the end of a pipeline', () => {
  test('that comes while no window is open is told at the next start, and stays until it is dealt with', async () => {
    const state = memento();
    windowWith(state).news.watchStarted(1);
    assert.deepEqual(new WaitedFor(state).idsIn({ ...project, origin: 'https://other.example' }), []);

    const next = windowWith(state);
    assert.equal(next.waited.isAny, true);
    next.news.look(red);
    notified.length = 0;
    await next.tell();
    assert.deepEqual(
      notified.map(({ kind, message }) => [kind, message]),
      [['error', 'Pipeline #1 on main: failed in restart']],
    );

    const third = windowWith(state);
    assert.equal(third.waited.isAny, false, 'told once');
    assert.equal(third.waited.ended?.rootId, 1, 'still in Status');
    third.news.watchStarted(1);
    third.news.look(green);
    await third.tell();
    assert.equal(third.waited.ended, undefined, 'it was tried again and passed');
  });

  test('that was green has Verify next, whoever ran it', async () => {
    assert.deepEqual(await toldOf(green), { notified: [['information', 'Verify']], ended: undefined });
    assert.equal(runSummary(green, undefined).next?.command, 'buildstream.verify');
    assert.notEqual(runSummary(red, undefined).next?.command, 'buildstream.verify');
  });

  test('that was canceled is no failure', async () => {
    assert.deepEqual(await toldOf(canceled), { notified: [['information']], ended: undefined });
  });

  test('that failed leads to the log, and of validate to its report too', async () => {
    assert.deepEqual(await toldOf(red), { notified: [['error', 'Show Log']], ended: 1 });
    assert.deepEqual(await toldOf(invalid), { notified: [['error', 'Show Log', 'Open Report']], ended: 1 });
  });
});

suite('the report of a stage', () => {
  const validate = job(34, 'validate:failed', 3);
  const openReport = async (text: string): Promise<void> => {
    const log = growingLog(text);
    const jobs = Object.assign(log.client.jobs, { show: () => Promise.resolve(validate) });
    const open = { ...project, client: { jobs } };
    const context = { session: { current: () => Promise.resolve(open) } } as unknown as LogContext;
    await openServerReport(context, { kind: 'job', job: validate, earlier: [] });
  };

  test('opens where its path exists, as in a window on the management server', async (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-'));
    t.after(() => {
      rmSync(folder, { recursive: true });
    });
    writeFileSync(path.join(folder, 'test_report.json'), '{}');
    shown.length = 0;
    await openReport(`  Log File Path:         /nowhere/a.log\n  Artifact Directory:    ${folder}\n`);
    assert.deepEqual(shown, [`shown ${folder}/test_report.json`]);
  });

  test('elsewhere is a line that fetches it, in the clipboard', async () => {
    await openReport('  Log File Path:         /opt/omnia/log/build_stream/validate_attempt2.log\n');
    assert.equal(clipboard.text, 'scp root@MANAGEMENT-SERVER:/opt/omnia/log/build_stream/validate_attempt2.log .');
    await openReport('  Artifact Directory:    /opt/omnia/artifacts/validate/attempt_2\n');
    assert.equal(clipboard.text, 'scp -r root@MANAGEMENT-SERVER:/opt/omnia/artifacts/validate/attempt_2 .');
  });

  test('whose path would mean something to a shell, or that the log does not name, is refused', async () => {
    clipboard.text = '';
    for (const line of ['Log File Path: /tmp/$(reboot)', 'Log File Path: /a;b', 'Log File Path: /a/../b', 'N/A']) {
      await assert.rejects(openReport(`  ${line}\n`), /does not name a file/, line);
    }
    assert.equal(clipboard.text, '');
  });
});
