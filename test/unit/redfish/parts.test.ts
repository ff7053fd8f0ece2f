import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { errorOf } from '@omnia-buildstream/redfish/answers/classify';
import { messagesOf } from '@omnia-buildstream/redfish/answers/extendedInfo';
import { generationOf } from '@omnia-buildstream/redfish/quirks';
import { systemStateOf } from '@omnia-buildstream/redfish/client/system';
import { normalFingerprint } from '@omnia-buildstream/http/tls/policy';

suite('answers', () => {
  const answer = { location: undefined, etag: undefined, token: undefined, retryAfterMs: undefined };
  const body = (id: string, args: readonly string[] = []): unknown => ({
    error: { '@Message.ExtendedInfo': [{ MessageId: id, Message: 'm', MessageArgs: args }], code: id, message: 'm' },
  });

  for (const [id, status, reason] of [
    ['IDRAC.1.6.SWC0700', 400, 'not-ready'],
    ['IDRAC.2.9.SYS518', 503, 'not-ready'],
    ['IDRAC.2.8.RAC0679', 400, 'busy'],
    ['IDRAC.2.8.LC068', 400, 'busy'],
    ['Base.1.5.AccessDenied', 401, 'unauthorized'],
    ['Base.1.5.PropertyValueNotInList', 400, 'refused'],
    ['Base.1.5.InternalError', 500, 'protocol'],
  ] as const) {
    test(`${id} with ${String(status)} means ${reason}`, () => {
      assert.equal(errorOf({ ...answer, status, body: body(id) }, 'x').reason, reason);
    });
  }

  test('the seconds of ServiceTemporarilyUnavailable are kept', () => {
    const error = errorOf({ ...answer, status: 503, body: body('Base.1.5.ServiceTemporarilyUnavailable', ['7']) }, 'x');
    assert.equal(error.retryAfterMs, 7_000);
  });
});

test('the generation of an iDRAC follows from the model of its manager', () => {
  const models = ['12G Monolithic', '13G DCS', '14G Monolithic', '16G Monolithic', '17G Monolithic', 'unknown'];
  assert.deepEqual(
    models.map((model) => generationOf(true, model)),
    ['idrac8', 'idrac8', 'idrac9', 'idrac9', 'idrac10', 'idrac9'],
  );
  assert.equal(generationOf(false, '14G Monolithic'), 'plain');
});

test('a fingerprint is compared by its digits', () => {
  assert.equal(normalFingerprint('sha256:ab:CD'), normalFingerprint('AB CD'));
});

/** Answers of real iDRACs, of others, that are not part of this project: a folder named by REDFISH_SAMPLES. */
const samples = process.env['REDFISH_SAMPLES'] ?? '';
const skip = existsSync(`${samples}/idrac/system.json`) ? false : 'set REDFISH_SAMPLES to a folder with iDRAC answers';

suite('answers of a real iDRAC 9', { skip }, () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${samples}/idrac/${name}`, 'utf8'));

  test('its system is read', () => {
    const state = systemStateOf(read('system.json'));
    assert.equal(state.power, 'On');
    assert.deepEqual(state.override, { enabled: 'Disabled', target: 'None', mode: 'UEFI' });
    assert.match(state.serviceTag, /^[A-Z0-9]{7}$/);
  });

  test('its errors are known', () => {
    const ids = ['error_pending_job.json', 'error_running_job.json'].map((name) => messagesOf(read(name))[0]?.id);
    assert.deepEqual(ids, ['LC068', 'RAC0679']);
  });
});
