import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { Fingerprints } from '@omnia-buildstream/cli/validate/formats/fingerprint';
import type { ReportedFinding } from '@omnia-buildstream/cli/validate/report';

const finding = fc.record({
  code: fc.constantFrom('dup-admin-ip', 'bad-mac'),
  columnName: fc.constantFrom('ADMIN_IP', 'ADMIN_MAC', undefined),
  subject: fc.constantFrom('cn-001', 'cn-002'),
});

const fingerprintsOf = (findings: readonly object[]): string[] => {
  const fingerprints = new Fingerprints();
  return findings.map((one) => fingerprints.of('input/pxe_mapping_file.csv', one as ReportedFinding));
};

test('a finding keeps its name when its message is worded in another way, and no two have the same', () => {
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 12 }), fc.string(), fc.string(), (findings, before, after) => {
      const names = fingerprintsOf(findings.map((one) => ({ ...one, message: before })));
      assert.deepEqual(fingerprintsOf(findings.map((one) => ({ ...one, message: after }))), names);
      assert.equal(new Set(names).size, names.length);
    }),
  );
});
