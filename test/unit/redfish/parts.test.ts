import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { errorOf } from '@omnia-buildstream/redfish/answers/classify';
import { messagesOf } from '@omnia-buildstream/redfish/answers/extendedInfo';
import { lifecycleServiceOf, resetTypesIn } from '@omnia-buildstream/redfish/quirks';
import { hardwareOf } from '@omnia-buildstream/redfish/client/hardware';
import { overrideOf, systemStateOf } from '@omnia-buildstream/redfish/client/system';
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
    ['Base.1.5.AccessDenied', 403, 'privilege'],
    ['Base.1.18.PasswordChangeRequired', 403, 'password-change'],
    ['IDRAC.2.8.SWC9004', 400, 'lock-down'],
    ['IDRAC.2.8.LIC501', 400, 'licence'],
    ['iLO.2.14.UnableToModifyDuringSystemPOST', 400, 'in-post'],
    ['Base.1.12.ResourceInUse', 409, 'busy'],
    ['Base.1.12.PropertyValueConflict', 409, 'refused'],
    ['Base.1.5.PropertyValueNotInList', 400, 'refused'],
    ['Base.1.5.InternalError', 500, 'protocol'],
  ] as const) {
    test(`${id} with ${String(status)} means ${reason}`, () => {
      assert.equal(errorOf({ ...answer, status, body: body(id) }, 'x').reason, reason);
    });
  }

  test('a message without text says its name', () => {
    const given = {
      error: {
        '@Message.ExtendedInfo': [{ MessageId: 'SMC.1.0.OemSomething' }],
        code: 'Base.1.0.GeneralError',
        message: 'A general error has occurred.',
      },
    };
    assert.equal(errorOf({ ...answer, status: 400, body: given }, 'x').message, 'x: HTTP 400, OemSomething');
  });

  for (const [text, reason] of [
    ['The operation is not possible in lock-down mode.', 'lock-down'],
    ['A required license is missing.', 'licence'],
  ] as const) {
    test(`"${text}" means ${reason}, whatever it is called`, () => {
      const given = { error: { '@Message.ExtendedInfo': [{ MessageId: 'X.1.0.Y', Message: text }] } };
      assert.equal(errorOf({ ...answer, status: 403, body: given }, 'x').reason, reason);
    });
  }

  test('the seconds of ServiceTemporarilyUnavailable are kept', () => {
    const error = errorOf({ ...answer, status: 503, body: body('Base.1.5.ServiceTemporarilyUnavailable', ['7']) }, 'x');
    assert.equal(error.retryAfterMs, 7_000);
  });
});

test('the place of the Lifecycle Controller follows from the model of the manager', () => {
  const models = ['12G Monolithic', '13G DCS', '16G Monolithic', '17G Monolithic', 'unknown'];
  assert.deepEqual(
    models.map((model) => lifecycleServiceOf(model).includes('/Oem/Dell/')),
    [false, false, false, true, false],
  );
});

test('reset types that a firmware wrote as one word are told apart', () => {
  assert.deepEqual(resetTypesIn(['On', 'GracefulShutdownGracefulRestart', 'OemThing']), [
    ...['On', 'GracefulShutdown', 'GracefulRestart', 'OemThing'],
  ]);
});

test('a fingerprint is compared by its digits', () => {
  assert.equal(normalFingerprint('sha256:ab:CD'), normalFingerprint('AB CD'));
});

/**
 * Third-party recordings of real iDRAC answers. They are not part of this project; REDFISH_SAMPLES names their folder.
 */
const samples = process.env['REDFISH_SAMPLES'] ?? '';
const skip = existsSync(`${samples}/idrac/system.json`) ? false : 'set REDFISH_SAMPLES to a folder with iDRAC answers';

suite('answers of a real iDRAC 9', { skip }, () => {
  const read = (name: string): unknown => JSON.parse(readFileSync(`${samples}/idrac/${name}`, 'utf8'));

  test('its system is read', () => {
    const system = read('system.json');
    assert.equal(systemStateOf(system).power, 'On');
    assert.deepEqual(overrideOf(system), { enabled: 'Disabled', target: 'None', mode: 'UEFI' });
    assert.match(hardwareOf(system, true).serviceTag, /^[A-Z0-9]{7}$/);
  });

  test('its errors are known', () => {
    const ids = ['error_pending_job.json', 'error_running_job.json'].map((name) => messagesOf(read(name))[0]?.id);
    assert.deepEqual(ids, ['LC068', 'RAC0679']);
  });
});
