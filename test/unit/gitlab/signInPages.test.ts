import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requesterFor } from '@omnia-buildstream/gitlab/http/requester';
import type { Session } from '@omnia-buildstream/gitlab/http/session';

const call = { signal: new AbortController().signal };
const page = '\n<!DOCTYPE html><html><head><title>Sign in</title></head><body>secret</body></html>';

/** A session that answers with status 200, this type and this body. */
function answering(type: string | undefined, body: string): Session {
  const headers = type === undefined ? {} : { 'content-type': type };
  const answer = { status: 200, headers, body: { text: () => Promise.resolve(body), discard: () => undefined } };
  return { send: () => Promise.resolve(answer) } as unknown as Session;
}

/** Requests a log like the jobs API does. */
const askLog = (session: Session) =>
  requesterFor(session, call)({} as never).get('projects/1/jobs/2/trace', { asStream: true });
const ask = (session: Session) => requesterFor(session, call)({} as never).get('user', {});

test('a page with 200 is the page of a gateway, whatever its type, and no answer and no log', async () => {
  for (const type of ['text/html; charset=utf-8', 'text/plain', undefined]) {
    await assert.rejects(ask(answering(type, page)), { reason: 'sign-in-page' }, type);
  }
  await assert.rejects(askLog(answering('text/html', page)), { reason: 'sign-in-page' });
});

test('what is no page is read: a log that quotes one, a text, an answer', async () => {
  const log = await askLog(answering('text/plain', page));
  assert.equal(await (log.body as unknown as { text: () => Promise<string> }).text(), page);
  assert.equal((await ask(answering('text/plain', 'ok <html>'))).body, 'ok <html>');
  assert.deepEqual((await ask(answering('application/json', '{"a":"<html>"}'))).body, { a: '<html>' });
});
