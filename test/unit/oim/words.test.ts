import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { renderMessage, type Say } from '@omnia-buildstream/core/text/message';
import { phrase, sentencesOf } from '@omnia-buildstream/core/text/phrase';
import { transportErrorOf } from '@omnia-buildstream/http/client/transportError';
import { errorOfAnswer, errorOfTransport } from '@omnia-buildstream/oim/errors/fromAnswer';
import type { OimStage } from '@omnia-buildstream/oim/model/job';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { orderProblems } from '@omnia-buildstream/oim/stage/stageOrder';
import { endPhrases } from '@omnia-buildstream/oim/stage/words';
import { oimJob, oimStage } from '../../support/oimStage.ts';

const german = JSON.parse(
  readFileSync(new URL('../../../l10n/bundle.l10n.de.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
const inGerman: Say = (template, params) => {
  assert.ok(german[template] !== undefined, `no German for: ${template}`);
  return renderMessage(template, params, (text) => german[text] ?? text);
};

const stage = (more: Partial<OimStage>) => oimStage({ state: 'FAILED', ...more });
const job = (...stages: readonly OimStage[]) => oimJob({ stages });

suite('words of the BuildStreaM API in the language of the user', () => {
  test('a failed stage is told in German, the words of the server stay as they are and are marked', () => {
    const failed = stage({ errorCode: 'PLAYBOOK_FAILED', errorSummary: 'Two nodes said no', logFile: '/log' });
    assert.equal(
      sentencesOf(endPhrases('deploy', failed), inGerman),
      'Die Stufe deploy ist fehlgeschlagen. Ihr Playbook endete mit Fehlern. Das Playbook selbst lief: Meist sind ' +
        'einige Knoten fehlgeschlagen. ' +
        'Der Verwaltungsserver sagt: Two nodes said no. Ihr Protokoll auf dem Verwaltungsserver: /log.',
    );
    assert.match(sentencesOf(endPhrases('deploy', stage({ errorCode: 'BAD_MOOD' })), inGerman), /sagt: BAD_MOOD\.$/);
  });

  test('how tests ended, and which stage is missing, is told in German', () => {
    const counts = { total: 3, passed: 3, failed: 0, skipped: 0, errors: 0 };
    const passed = stage({ name: 'validate', state: 'COMPLETED', resultDetail: { test_summary: counts } });
    assert.match(sentencesOf(endPhrases('validate', passed), inGerman), /^Alle Tests sind bestanden\. 3 von 3 Tests/);
    const waiting = job(stage({ name: 'deploy', state: 'PENDING' }));
    assert.match(sentencesOf(orderProblems(waiting, 'restart'), inGerman), /Die Stufe deploy .* ist PENDING/);
    const unbuilt = job(stage({ name: 'build-image-x86_64', state: 'FAILED' }));
    assert.match(sentencesOf(orderProblems(unbuilt, 'deploy'), inGerman), /COMPLETED \(build-image-x86_64 FAILED\)/);
  });

  test('refusals and lost connections are told in German, a cause inside its sentence as well', () => {
    const text = '{"detail":{"error":"token_expired","error_description":"Over."}}';
    const refused = errorOfAnswer({ status: 401, header: () => undefined, text }, 'GET /jobs');
    assert.equal(
      sentencesOf(refused.phrases, inGerman),
      'Die BuildStreaM-API hat GET /jobs abgelehnt (401, token_expired: Over). Führen Sie es erneut aus.',
    );
    const away = errorOfTransport(transportErrorOf(Object.assign(new Error(), { code: 'ECONNREFUSED' })), 'GET /jobs');
    assert.ok(OimError.is(away, 'not-reachable'));
    assert.match(sentencesOf(away.phrases, inGerman), /antwortet nicht auf GET \/jobs \(keine Verbindung \(ECONNREF/);
    assert.match(away.message, /is not responding to GET \/jobs \(no connection \(ECONNREFUSED\)\)/);
  });

  test('what others said is never taken for a template', () => {
    assert.equal(sentencesOf([phrase('It says: {said}', { said: '{said} {what}' })]), 'It says: {said} {what}.');
  });
});
