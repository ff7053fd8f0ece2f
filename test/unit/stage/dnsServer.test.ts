import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { suite, test } from 'node:test';
import { isDnsServer } from '@omnia-buildstream/core/stage/dnsServer';

const right = ['10.5.0.1', '10.5.0.1:53', '[::1]', 'fd00::53', '[fd00::53]:5353'];
const wrong = [
  '',
  'a b',
  'ns.example.com',
  '10.5.0.1:',
  '10.5.0.1:0',
  '10.5.0.1:70000',
  '10.5.0',
  '[10.5.0.1]',
  '[fd00',
  '-x',
];

suite('a DNS server', () => {
  for (const text of right) {
    test(`is ${text}, which Node takes`, () => {
      assert.equal(isDnsServer(text), true);
      new Resolver().setServers([text]);
    });
  }
  for (const text of wrong) {
    test(`is not "${text}"`, () => {
      assert.equal(isDnsServer(text), false);
    });
  }
});
