import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectError } from '@omnia-buildstream/gitlab/errors/connectError';
import { readErrorBody } from '@omnia-buildstream/gitlab/errors/errorBody';
import { errorFromNetwork } from '@omnia-buildstream/gitlab/errors/fromNetwork';
import { errorFromResponse } from '@omnia-buildstream/gitlab/errors/fromResponse';

const now = Date.UTC(2026, 3, 10);

function answer(method: string, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return errorFromResponse({ method, path: '/projects/1/pipeline', status, headers, body: text }, now);
}

const answers: readonly [what: string, status: number, body: unknown, reason: string, text: string | undefined][] = [
  ['an unknown token', 401, { message: '401 Unauthorized' }, 'signed-out', '401 Unauthorized'],
  [
    'an expired token',
    401,
    { error: 'invalid_token', error_description: 'Token is expired.' },
    'token-expired',
    'Token is expired.',
  ],
  [
    'a revoked token',
    401,
    { error: 'invalid_token', error_description: 'Token was revoked.' },
    'signed-out',
    'Token was revoked.',
  ],
  [
    'a missing scope',
    403,
    { error: 'insufficient_scope', error_description: 'Needs more.', scope: 'api' },
    'scope-missing',
    'Needs more.',
  ],
  ['a missing right', 403, { message: '403 Forbidden' }, 'scope-missing', '403 Forbidden'],
  [
    'an expired password',
    403,
    {
      message:
        '403 Forbidden - Your password expired. Please access GitLab from a web browser to update your password.',
    },
    'account-blocked',
    '403 Forbidden - Your password expired. Please access GitLab from a web browser to update your password.',
  ],
  [
    'terms that nobody has accepted',
    403,
    { message: '403 Forbidden - You (@root) must accept the Terms of Service in order to perform this action.' },
    'account-blocked',
    '403 Forbidden - You (@root) must accept the Terms of Service in order to perform this action.',
  ],
  ['a job that cannot be retried', 403, { message: 'Job is not retryable' }, 'refused', 'Job is not retryable'],
  ['a project that is not there', 404, { message: '404 Project Not Found' }, 'not-found', '404 Project Not Found'],
  [
    'an outdated file',
    400,
    { message: 'You are attempting to update a file that has changed since you started editing it.' },
    'conflict',
    'You are attempting to update a file that has changed since you started editing it.',
  ],
  ['a conflict by its number', 409, { message: 'x' }, 'conflict', 'x'],
  [
    'rules without jobs',
    400,
    { message: { base: ['The resulting pipeline would have been empty.', 'More.'] } },
    'refused',
    'The resulting pipeline would have been empty.; More.',
  ],
  ['a field', 400, { message: { ref: ['is invalid'] } }, 'refused', 'ref: is invalid'],
  ['a list', 400, { message: ['a', 'b'] }, 'refused', 'a; b'],
  ['the application limiter', 429, { message: { error: 'too many times' } }, 'rate-limited', 'too many times'],
  ['the throttle', 429, 'Retry later\n', 'rate-limited', 'Retry later'],
  ['a proxy', 502, '<html><head><title>502 Bad Gateway</title></head></html>', 'server-failed', '502 Bad Gateway'],
  ['nothing', 500, '', 'server-failed', undefined],
  ['a page that asks who it is', 401, '<html><head><title>Sign in</title></head></html>', 'sign-in-page', 'Sign in'],
  ['a network that wants a sign-in first', 511, '<html><title>Hotspot</title></html>', 'sign-in-page', 'Hotspot'],
  ['the page of a gateway', 403, '<!DOCTYPE html><title>403 Forbidden</title>', 'refused', '403 Forbidden'],
  [
    'an expired password, as 401',
    401,
    { message: 'Your password expired. Please access GitLab from a web browser to update your password.' },
    'account-blocked',
    'Your password expired. Please access GitLab from a web browser to update your password.',
  ],
  [
    'an account that nobody has approved yet',
    403,
    { message: '403 Forbidden - Your account is pending approval from your GitLab administrator' },
    'account-blocked',
    '403 Forbidden - Your account is pending approval from your GitLab administrator',
  ],
];
for (const [what, status, body, reason, text] of answers) {
  test(`${what} is "${reason}"`, () => {
    const error = answer('POST', status, body);
    assert.deepEqual([error.reason, error.facts.detail], [reason, text]);
  });
}

test('a refused write did nothing; a write behind a failing proxy may have happened; a read never does anything', () => {
  assert.equal(answer('POST', 400, {}).isOutcomeUnknown, false);
  assert.equal(answer('POST', 429, '').isOutcomeUnknown, false);
  assert.equal(answer('POST', 502, '').isOutcomeUnknown, true);
  assert.equal(answer('PUT', 500, '').isOutcomeUnknown, true);
  assert.equal(answer('GET', 502, '').isOutcomeUnknown, false);
});

test('the pause that the server asks for: seconds, a date, or the end of the period', () => {
  const pause = (headers: Record<string, string>) => answer('GET', 429, '', headers).facts.retryAfterMs;
  assert.equal(pause({ 'retry-after': '7' }), 7000);
  assert.equal(pause({ 'retry-after': new Date(now + 5000).toUTCString() }), 5000);
  assert.equal(pause({ 'ratelimit-reset': String(now / 1000 + 3) }), 3000);
  assert.equal(pause({ 'retry-after': 'soon' }), undefined);
  assert.equal(pause({}), undefined);
});

const request = { method: 'POST', path: '/projects/1/pipeline' };
const coded = (code: string) => Object.assign(new Error('x'), { code });

test('errors of the network have a reason, and tell whether a write may have arrived', () => {
  const cases: readonly [error: unknown, reason: string, isUnknown: boolean][] = [
    [new ConnectError('ECONNREFUSED', undefined), 'not-reachable', false],
    [new ConnectError('ENOTFOUND', undefined), 'not-reachable', false],
    [new ConnectError('UND_ERR_CONNECT_TIMEOUT', 'late'), 'timed-out', false],
    [new ConnectError('DEPTH_ZERO_SELF_SIGNED_CERT', undefined), 'tls', false],
    [new ConnectError('ERR_TLS_CERT_ALTNAME_INVALID', undefined), 'tls', false],
    [new ConnectError('ERR_TLS_PIN_MISMATCH', 'other'), 'tls', false],
    [new ConnectError('PATH_LENGTH_EXCEEDED', undefined), 'tls', false],
    [coded('ECONNRESET'), 'not-reachable', true],
    [coded('UND_ERR_SOCKET'), 'not-reachable', true],
    [coded('UND_ERR_HEADERS_TIMEOUT'), 'timed-out', true],
    [new DOMException('x', 'TimeoutError'), 'timed-out', true],
    [new DOMException('x', 'AbortError'), 'aborted', true],
    ['nonsense', 'not-reachable', true],
  ];
  for (const [thrown, reason, isUnknown] of cases) {
    const error = errorFromNetwork(thrown, request);
    assert.deepEqual([error.reason, error.isOutcomeUnknown], [reason, isUnknown], String(thrown));
  }
});

test('any body can be read', () => {
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '17',
    '"x"',
    '{"message":null}',
    '{"message":{"a":{"b":["c"]}}}',
    '\0',
    '<',
  ]) {
    assert.doesNotThrow(() => readErrorBody(body), body);
  }
  assert.equal(readErrorBody('{"message":{"a":{"b":["c"]}}}').text, 'a: b: c');
  assert.equal(readErrorBody('x'.repeat(9999)).text?.length, 500);
});

test('a redirect to a sign-in page is told from another one', () => {
  const reason = (location: string) => answer('GET', 302, '', { location }).reason;
  assert.equal(reason('https://sso.example.com/saml/login?to=x'), 'sign-in-page');
  assert.equal(reason('/users/sign_in'), 'sign-in-page');
  for (const place of ['auth.example.com/authorize?x=1', 'id.example.com/realms/a', 'adfs.example.com/adfs/ls']) {
    assert.equal(reason(`https://${place}`), 'sign-in-page', place);
  }
  assert.equal(reason('/projects/2/pipeline'), 'unexpected-answer');
  for (const project of ['root%2Fsso-lab', 'authors%2Fomnia', '7']) {
    assert.equal(reason(`https://gitlab.example.com/api/v4/projects/${project}`), 'unexpected-answer', project);
  }
});
