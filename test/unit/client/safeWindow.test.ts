import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type * as vscode from 'vscode';
import { safeWindow, type RawWindow } from '../../../client/src/platform/safeWindow.ts';
import { hostileText } from '../../support/hostileText.ts';

/** VS Code's own pattern (`parseLinkedText`) for links in notifications, prompts, progress and view messages. */
const linkedText = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const steering = /\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u;

const shownKeys = ['title', 'prompt', 'placeHolder', 'message', 'label', 'description', 'detail'];

/** Every text in the given value, except texts that are not shown. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (shownKeys.includes(key) ? textsIn(inner) : []));
}

/** A window that records what it is given, selects the last item, and runs the tasks that it is given. */
function recorder(): { readonly raw: RawWindow; readonly texts: string[] } {
  const texts: string[] = [];
  const keep = (...values: readonly unknown[]): Promise<undefined> => {
    texts.push(...textsIn(values));
    return Promise.resolve(undefined);
  };
  const raw = {
    showInformationMessage: keep,
    showWarningMessage: (message: string, options: unknown, ...buttons: unknown[]) =>
      keep(message, options, ...buttons),
    showErrorMessage: keep,
    showInputBox: async (options: vscode.InputBoxOptions) => keep(options, await options.validateInput?.('value')),
    showQuickPick: async (items: readonly unknown[], options?: { readonly canPickMany?: boolean }) => {
      await keep(items, options);
      return options?.canPickMany === true ? items : items.at(-1);
    },
    withProgress: async (options: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) => {
      await keep(options);
      return task({ report: keep }, undefined);
    },
    setStatusBarMessage: (text: string) => {
      texts.push(text);
      return { dispose: () => undefined };
    },
  };
  return { raw: raw as unknown as RawWindow, texts };
}

test('whatever text comes in, no link, line break or control character reaches a notification, list or question', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (one, other) => {
      const { raw, texts } = recorder();
      const window = safeWindow(raw);
      const both = `${one}${other}`;
      await window.showInformationMessage(both);
      await window.showWarningMessage(`${one} [link] ${other}`);
      await window.showErrorMessage(both);
      await window.showInputBox({ title: one, prompt: both, placeHolder: other, validateInput: () => both });
      await window.showInputBox({ validateInput: () => Promise.resolve({ message: both, severity: 3 }) });
      await window.withProgress({ location: { viewId: 'view' }, title: one }, (progress) => {
        progress.report({ message: both });
        return Promise.resolve();
      });
      await window.showQuickPick([{ label: one, description: other, detail: both }], { title: both });
      window.setStatusBarMessage(both, 1);
      await window.ask(one, [], 'Go');
      assert.ok(texts.length >= 14);
      for (const text of texts) {
        assert.doesNotMatch(text, linkedText);
        assert.doesNotMatch(text, steering);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the lines below a question are as many as were given, whatever stands in them', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (one, other) => {
      const { raw, texts } = recorder();
      await safeWindow(raw).ask('Go?', [[one, other], one], 'Go');
      const detail = texts[1] ?? '';
      assert.equal(detail.split('\n').length, 4);
      assert.doesNotMatch(detail.replaceAll('\n', ''), steering);
      assert.doesNotMatch(detail, linkedText);
    }),
  );
});

test('what is chosen is the caller’s own, also when two items look the same', async () => {
  const { raw } = recorder();
  const window = safeWindow(raw);
  const items = [{ label: 'a\u0007' }, { label: 'a' }];
  assert.equal(await window.showQuickPick(items), items[1]);
  assert.deepEqual(await window.showQuickPick(items, { canPickMany: true }), items);
  assert.equal(await window.showQuickPick(['a', 'a\u0007']), 'a\u0007');
});
