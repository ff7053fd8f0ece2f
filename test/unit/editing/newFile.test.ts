import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { newFileQuestions, newMappingText, type NewFile } from '@omnia-buildstream/core/editing/newFile';
import { parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { omniaVersions, traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { errorsIn } from '../../support/editing/findings.ts';
import { modelAt, say } from '../../support/modelAt.ts';

const two = (n: number): string => n.toString(16).padStart(2, '0');

/** The first addresses are the management server and the router; the DHCP range starts in the subnet's first half. */
function networkOf(third: number, version: OmniaVersion): string {
  const net = `10.37.${String(third)}`;
  const subnet = traitsOf(version).namesSubnet ? `subnet: ${net}.0, ` : '';
  return `Networks:\n- admin_network: {${subnet}netmask_bits: '24', primary_oim_admin_ip: ${net}.1, router: ${net}.2, dynamic_range: ${net}.3-${net}.40}\n`;
}

function textOf(file: NewFile): string {
  const made = newMappingText(file, say);
  return 'text' in made ? made.text : assert.fail(made.problems);
}

suite('a new mapping file', () => {
  for (const version of omniaVersions) {
    test(`has examples in which Omnia ${version} finds no problem, with and without a network`, () => {
      const model = modelAt(textOf({ version }), { version, encoding: { kind: 'utf8' } }).model;
      assert.deepEqual(
        model.findings().map(({ rule }) => rule.code),
        [],
      );
      assert.equal(model.rowCount, 4);
      const spec = networkOf(9, version);
      const network = parseNetworkSpec(spec, version).value ?? assert.fail();
      const text = textOf({ version, network: spec });
      const inside = modelAt(text, { version, context: { network }, encoding: { kind: 'utf8' } }).model;
      assert.deepEqual(
        inside.findings().map(({ rule }) => rule.code),
        [],
      );
      assert.ok(
        [...inside.rows].every((row) => row.text.ADMIN_IP.startsWith('10.37.9.')),
        text,
      );
    });
  }

  const scene = fc.record({
    version: fc.constantFrom(...omniaVersions),
    third: fc.integer({ min: 0, max: 200 }),
    hasNetwork: fc.boolean(),
    count: fc.integer({ min: 1, max: 40 }),
    role: fc.nat(100),
    given: fc.integer({ min: 0, max: 40 }),
  });

  test('with the first nodes is valid, or is not made', () => {
    let made = 0;
    fc.assert(
      fc.property(scene, ({ version, third, hasNetwork, count, role, given }) => {
        const spec = hasNetwork ? networkOf(third, version) : undefined;
        const place = { version, ...(spec !== undefined && { network: spec }) };
        const { roles, asksRelease, adminIp, demanded, problem } = newFileQuestions(place, say);
        assert.equal(problem, '');
        assert.equal(adminIp === '', !hasNetwork);
        const name = roles[role % roles.length]?.name ?? '';
        const isFull = given >= count;
        const list = (of: (n: number) => string): string[] => Array.from({ length: given }, (_, n) => of(n));
        const nodes = {
          count,
          shared: {
            FUNCTIONAL_GROUP_NAME: asksRelease ? name.replace(/_(x86_64|aarch64)$/, '_rhel_10_0_$1') : name,
            GROUP_NAME: 'grp1',
          },
          starts: { HOSTNAME: 'cn001', ADMIN_IP: adminIp === '' ? '10.37.0.50' : adminIp, BMC_IP: '10.38.0.1' },
          lists: {
            SERVICE_TAG: list((n) => `TAG${String(1000 + n)}`),
            ADMIN_MAC: list((n) => `02:00:00:00:00:${two(n)}`),
            BMC_MAC: list((n) => `02:00:00:00:01:${two(n)}`),
          },
        };
        const result = newMappingText({ ...place, nodes }, say);
        if ('problems' in result) {
          assert.ok(!isFull && demanded.length > 0, result.problems);
          return;
        }
        made++;
        const network = spec === undefined ? undefined : parseNetworkSpec(spec, version).value;
        const context = network === undefined ? {} : { network };
        const { model } = modelAt(result.text, { version, context, encoding: { kind: 'utf8' } });
        assert.equal(model.rowCount, count);
        assert.deepEqual(errorsIn(model), []);
        if (network !== undefined) {
          const taken = new Set([...model.rows].map((row) => parseIpv4(row.text.ADMIN_IP) ?? 0));
          assert.ok(![...taken].some((address) => address % 256 <= 40), result.text);
        }
      }),
      { numRuns: 100 },
    );
    assert.ok(made > 20, String(made));
  });

  test('a network_spec.yml that cannot be used is told', () => {
    assert.notEqual(newFileQuestions({ version: '2.2', network: 'Networks: [' }, say).problem, '');
  });
});
