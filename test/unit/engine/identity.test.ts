import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { cleanName } from '@omnia-buildstream/core/hardware/seen';
import type { Hardware, RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import { canBeIdentified, judgeIdentity, type Identity } from '@omnia-buildstream/engine/restart/identity';

const nothing: Hardware = { serviceTag: '', serialNumber: '', macs: undefined };
const row: RowHardware = { serviceTag: '7ABC123', adminMac: 'aa:bb:cc:00:00:01' };

const cases: readonly (readonly [string, Partial<RowHardware>, Partial<Hardware>, Identity['kind']])[] = [
  ['the service tag, in any case', {}, { serviceTag: ' 7abc123 ' }, 'same'],
  ['another service tag', {}, { serviceTag: '7XYZ987' }, 'other'],
  ['another service tag, whatever its NICs are', {}, { serviceTag: '7XYZ987', macs: [row.adminMac] }, 'other'],
  ['the serial number of another make', {}, { serialNumber: '7ABC123' }, 'same'],
  ['another serial number', {}, { serialNumber: 'S4321' }, 'other'],
  ['another serial number, and the NIC of the row', {}, { serialNumber: 'S4321', macs: ['AA-BB-CC-00-00-01'] }, 'same'],
  ['a serial number that nobody wrote', {}, { serialNumber: 'To Be Filled By O.E.M.' }, 'unknown'],
  ['only NICs, with that of the row', {}, { macs: ['00:00:00:00:00:00', 'aabbcc000001'] }, 'same'],
  ['only NICs of another machine', {}, { macs: ['aa:bb:cc:00:00:99'] }, 'other'],
  ['nothing', {}, {}, 'unknown'],
  ['a row without names', { serviceTag: '', adminMac: '' }, { serviceTag: '7ABC123' }, 'unknown'],
  ['a row without tag, by its NIC', { serviceTag: '' }, { serviceTag: 'X', macs: ['aa:bb:cc:00:00:01'] }, 'same'],
];

suite('the machine behind a BMC address is compared with the row', () => {
  for (const [what, given, seen, kind] of cases) {
    test(`${what}: ${kind}`, () => {
      assert.equal(judgeIdentity({ ...row, ...given }, { ...nothing, ...seen }).kind, kind);
    });
  }

  const unwritten = [
    '0',
    '0000000',
    '00000000000000',
    '123456789',
    '1234567890',
    '0123456789',
    'N/A',
    'NA',
    'none',
  ].concat(
    ['To Be Filled By O.E.M.', 'To be filled by OEM', 'O.E.M.', 'Default string', 'Default', 'System Serial Number'],
    ['Chassis Serial Number', 'Serial Number', 'Not Specified', 'Not Available', 'Not Applicable', 'Not Set', 'empty'],
    [
      'INVALID',
      'unknown',
      'null',
      'XXXXXXX',
      'xxx',
      '..................',
      '-',
      '---',
      '*****',
      '1111111',
      'FFFFFFF',
      ' ',
    ],
  );
  for (const text of unwritten) {
    test(`"${text}" names no machine: thousands have it`, () => {
      for (const seen of [{ serviceTag: text }, { serialNumber: text }]) {
        const none = { serviceTag: text, adminMac: '' };
        assert.equal(judgeIdentity(none, { ...nothing, ...seen }).kind, 'unknown');
        assert.equal(
          judgeIdentity({ ...none, serviceTag: ` ${text.toUpperCase()} ` }, { ...nothing, ...seen }).kind,
          'unknown',
        );
      }
      assert.equal(canBeIdentified({ serviceTag: text, adminMac: '' }), false);
      assert.equal(cleanName(text), '', 'for what compares hardware too');
    });
  }

  test('a mismatch has both names', () => {
    const verdict = judgeIdentity(row, { ...nothing, serviceTag: '7XYZ987' });
    assert.ok(verdict.kind === 'other');
    assert.deepEqual(
      [verdict.row, verdict.bmc].map((one) => wordsOf(one)),
      ['service tag 7ABC123', 'service tag 7XYZ987'],
    );
  });

  test('two machines that share no name are never taken for the same', () => {
    const text = fc.string({ maxLength: 12 });
    const anyRow = fc.record({ serviceTag: text, adminMac: text });
    const anyHardware = fc.record({
      serviceTag: text,
      serialNumber: text,
      macs: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(anyRow, anyHardware, (one, seen) => {
        if (judgeIdentity(one, seen).kind !== 'same') return;
        const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();
        const digits = (mac: string): string => mac.replace(/[^\da-f]/gi, '').toLowerCase();
        const byName = same(one.serviceTag, seen.serviceTag) || same(one.serviceTag, seen.serialNumber);
        assert.ok(
          (byName && one.serviceTag.trim() !== '') || seen.macs?.some((mac) => digits(mac) === digits(one.adminMac)),
        );
      }),
    );
  });
});
