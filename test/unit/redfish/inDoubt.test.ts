import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { transportErrorOf } from '@omnia-buildstream/http/client/transportError';
import { CertificateError } from '@omnia-buildstream/http/tls/policy';
import { sendOnce } from '@omnia-buildstream/redfish/client/reset';

/** What a failed connection says about an order that must not be sent twice. */

function failing(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code }, more);
}

const cases: readonly (readonly [string, unknown, string])[] = [
  ['nothing listens', failing('ECONNREFUSED', { syscall: 'connect' }), 'unreachable'],
  ['no route to it', failing('EHOSTUNREACH', { syscall: 'connect' }), 'unreachable'],
  ['no route to it any more', failing('EHOSTUNREACH', { syscall: 'read' }), 'answer-lost'],
  ['reset by the other side', failing('ECONNRESET', { syscall: 'read' }), 'answer-lost'],
  ['a TLS record that cannot be read', failing('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), 'answer-lost'],
  ['no TLS any more', failing('ERR_SSL_WRONG_VERSION_NUMBER'), 'answer-lost'],
  ['an answer that is no HTTP', failing('HPE_INVALID_CONSTANT'), 'answer-lost'],
  ['another certificate', new CertificateError('SELF_SIGNED', 'AA:BB'), 'tls'],
];

suite('an order that is given once', () => {
  for (const [name, cause, expected] of cases) {
    test(`${name}: ${expected === 'answer-lost' ? 'nobody knows whether it was carried out' : 'nothing was sent'}`, async () => {
      const service = { order: () => Promise.reject(transportErrorOf(cause)) };
      const order = { path: '/reset', body: { ResetType: 'ForceRestart' } };
      await assert.rejects(sendOnce(service, order, new AbortController().signal), (error) => {
        assert.ok(error instanceof BmcError);
        assert.equal(error.reason, expected);
        return true;
      });
    });
  }
});
