import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as vscode from 'vscode';
import { answers } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { dealWithEnd } = await import('@omnia-buildstream/client/pipelines/actions/dealWithEnd');
const { WaitedFor } = await import('@omnia-buildstream/client/pipelines/waitedFor');

for (const [label, stays] of [
  ['Mark Booted and Retry…', true],
  ['Show Job Log', true],
  ['Pull and Show Nodes', true],
  ['Open in GitLab', true],
  ['Dismiss', false],
  [undefined, true],
] as const) {
  test(`the end of a pipeline that failed stays until it is dismissed, not until it was looked at: ${label ?? 'Escape'}`, async () => {
    const values = new Map<string, unknown>();
    const state: vscode.Memento = {
      keys: () => [...values.keys()],
      get: <T>(key: string, given?: T) => (values.get(key) ?? given) as T,
      update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    };
    const waited = new WaitedFor(state);
    await waited.setEnded({ rootId: 7, text: 'Pipeline #7 failed' });
    let told = 0;
    answers.pick = (items) => items.find((item) => item.label === label);
    await dealWithEnd({ waited, onTold: () => void told++ });
    assert.deepEqual([waited.ended?.rootId, told], stays ? [7, 0] : [undefined, 1]);
  });
}
