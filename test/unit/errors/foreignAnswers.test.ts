/**
 * Whatever a server or a BMC answers, its error is a value of bounded length: our code does not throw, and there are no
 * megabytes.
 */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { noticeText } from '@omnia-buildstream/core/text/notice';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { errorFromResponse } from '@omnia-buildstream/gitlab/errors/fromResponse';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { whyPhrases } from '@omnia-buildstream/gitlab/omnia/why/whyTexts';
import { TransportError } from '@omnia-buildstream/http/client/transportError';
import { transportTexts } from '@omnia-buildstream/http/client/transportTexts';
import { errorOfAnswer } from '@omnia-buildstream/oim/errors/fromAnswer';
import { errorOf } from '@omnia-buildstream/redfish/answers/classify';
import { messagesOf } from '@omnia-buildstream/redfish/answers/extendedInfo';
import { fc } from '../../support/properties/fastCheck.ts';
import { hostileText } from '../../support/hostileText.ts';

const names = [
  ...['message', 'Message', 'MessageId', 'MessageArgs', '@Message.ExtendedInfo', 'error', 'error_description', 'code'],
  ...['detail', 'loc', 'msg', 'error_code', 'correlation_id', 'base', 'scope', 'toString', 'valueOf', '__proto__'],
];
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(hostileText, fc.integer(), fc.constantFrom(null, true, -0)),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...names), tie('json')), { maxLength: 5 }).map(Object.fromEntries),
  ),
}));

const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
const odd: readonly string[] = [
  '{"error":{"@Message.ExtendedInfo":[{"Message":"x","MessageArgs":[{"toString":1,"valueOf":1}]}]}}',
  `{"error":{"@Message.ExtendedInfo":[{"Message":"x","MessageArgs":[${deep}]}]}}`,
  '{"detail":[{"loc":[{"toString":1,"valueOf":1}],"msg":"x"}]}',
  `{"detail":[{"loc":[${deep}],"msg":"x"}]}`,
  `{"message":${deep}}`,
  `{"message":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  JSON.stringify({ message: 'x'.repeat(5_000_000), detail: 'x'.repeat(5_000_000), error: 'x'.repeat(5_000_000) }),
  JSON.stringify({ error: { code: 'x'.repeat(5_000_000), message: '' } }),
];

/** Longer than any text of ours that includes one foreign message. */
const mostUnits = 7_000;

function assertError(error: Error): void {
  assert.ok(error.message.length <= mostUnits, String(error.message.length));
}

function judge(text: string, status: number): void {
  const answer = { status, location: undefined, etag: undefined, token: undefined, retryAfterMs: undefined };
  const body = JSON.parse(text) as unknown;
  messagesOf(body);
  assertError(errorOf({ ...answer, body }, 'login'));
  assertError(errorOfAnswer({ status, header: () => undefined, text }, 'POST /auth/token'));
  assertError(errorFromResponse({ method: 'GET', path: '/x', status, headers: {}, body: text }, 0));
}

suite('an error answer of any shape is an error of ours', () => {
  for (const text of odd) {
    test(text.slice(0, 70), () => {
      for (const status of [400, 401, 404, 422, 500]) judge(text, status);
    });
  }

  test('of random ones as well', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(400, 401, 403, 404, 409, 412, 422, 500, 503), (value, status) => {
        judge(JSON.stringify(value), status);
      }),
      { numRuns: 300 },
    );
  });
});

test('what somebody says at length is cut where an error is made of it, and in a notification', () => {
  const said = `${'long '.repeat(1_000_000)}end`;
  const facts = { method: 'GET', path: '/x', effect: 'none', detail: said, location: said } as const;
  for (const error of [
    new BmcError('refused', said),
    new ProvisionError('refused', said),
    new TransportError('broken', phrase(transportTexts.broken, { code: said })),
    new GitLabError('refused', facts),
  ])
    assertError(error);
  const cause = { code: said, summary: said, logFile: said, stageState: said, attempt: 1 };
  const node = { hostname: said, bmcIp: '10.6.0.1', status: 'failed' };
  const why = whyPhrases({ cause, failedNodes: [node as never], totalNodes: 3 });
  assert.ok(JSON.stringify(why).length < mostUnits);
  assert.ok(noticeText(said).length < 20_000);
});
