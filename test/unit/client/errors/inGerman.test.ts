/** The packages' failure messages appear in the editor's language, even if no error table has them. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { phrase, together } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';
import { DeadlineError } from '@omnia-buildstream/engine/time/deadline';
import { transportTexts } from '@omnia-buildstream/http/client/transportTexts';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { bmcTexts } from '@omnia-buildstream/redfish/bmcTexts';
import type { LogOutputChannel } from 'vscode';
import { l10n, notified } from '../../../support/vscode/fakeVscode.ts';
import '../../../support/vscode/playedVscode.ts';

const { messageOf } = await import('@omnia-buildstream/client/errors/messageOf');
const { presentError } = await import('@omnia-buildstream/client/errors/presentError');
const root = path.resolve(import.meta.dirname, '../../../..');
const german = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.de.json'), 'utf8')) as Record<string, string>;
const logged: string[] = [];
const log = {
  error: (error: unknown) => logged.push(String(error)),
  show: () => undefined,
} as unknown as LogOutputChannel;

const cases: readonly [error: Error, said: RegExp][] = [
  [new DeadlineError(5000), /^kein Ergebnis innerhalb von 5 s$/],
  [new TransportError('bad-answer', phrase(transportTexts.tooLarge)), /Antwort/],
  [new SaidError(together([phrase(bmcTexts.noCredentials), 'Access denied'], ': ')), /^.*BMC.*: Access denied$/],
];

test('an error that no table knows is told in German, and its log stays English', async (t) => {
  const english = l10n.t;
  t.mock.method(l10n, 't', (text: string, ...args: readonly unknown[]) => english(german[text] ?? text, ...args));
  for (const [error, said] of cases) {
    assert.match(messageOf(error), said);
    assert.notEqual(messageOf(error), error.message);
    await presentError(error, log);
    assert.equal(notified.at(-1)?.message, messageOf(error));
    assert.match(logged.at(-1) ?? '', new RegExp(error.message.slice(0, 12)));
  }
  assert.equal(messageOf(new Error('ENOSPC of somebody else')), 'ENOSPC of somebody else');
});

test('no other place in the client takes the English message of whatever was thrown', () => {
  const found = globSync('client/src/**/*.ts', { cwd: root }).filter((file) =>
    /instanceof Error \? \w+\.message/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  assert.deepEqual(found, []);
});
