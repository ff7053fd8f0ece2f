import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { planDeploy } from '@omnia-buildstream/core/plan/planDeploy';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { BootNode } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { dnsmasqFile } from '@omnia-buildstream/provision/files/dnsmasqFile';
import { ipxeScript } from '@omnia-buildstream/provision/files/ipxeScript';
import { checkValues } from '@omnia-buildstream/provision/files/safeValues';
import { bootNode } from '../../support/deploy/bootNodes.ts';
import { fileOf, header, node1 } from '../../support/cluster.ts';

/** Values, including texts with a special meaning in some format. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('cn-1', 'http://10.5.0.1/a', '10.5.0.9', '04:00:00:00:01:09', 'os_x86_64'),
  fc
    .array(
      fc.constantFrom(
        'cn',
        '\n',
        '\r',
        '\r\n',
        '\u2028',
        '\u0085',
        ',',
        '"',
        '#',
        ' ',
        '\t',
        '${x}',
        '&&',
        '||',
        ';',
        '\0',
        'dhcp-script=/bin/sh',
        'shell',
        '/',
        '..',
        'http://a/',
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join('')),
);

const ofNode = ['hostname', 'mac', 'ip', 'role', 'image'] as const;
const ofBoot = ['kernel', 'initrd', 'rootfs', 'params'] as const;

/** A node with one or two hostile values. */
const node: fc.Arbitrary<BootNode> = fc
  .array(fc.tuple(fc.constantFrom(...ofNode, ...ofBoot), hostile), { minLength: 1, maxLength: 2 })
  .map((changes) => {
    const plain = bootNode(1);
    const isOfBoot = ([field]: readonly [string, string]): boolean => (ofBoot as readonly string[]).includes(field);
    const boot = { ...plain.boot, ...Object.fromEntries(changes.filter(isOfBoot)) };
    return { ...plain, ...Object.fromEntries(changes.filter((change) => !isOfBoot(change))), boot };
  });

/** Every line ending that any reader might recognize. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

suite('no value of a node becomes a line or a command of its own', () => {
  test('it is refused, or the files have exactly the lines that they shall have', () => {
    let accepted = 0;
    fc.assert(
      fc.property(node, (one) => {
        try {
          checkValues([one]);
        } catch (error) {
          assert.ok(error instanceof ProvisionError && error.reason === 'bad-input');
          return;
        }
        accepted++;
        const script = ipxeScript(one).split(lineEnd);
        assert.deepEqual(
          script.map((line) => line.split(' ', 1)[0]),
          ['#!ipxe', '#', '#', ':again', 'kernel', 'initrd', 'boot', ':failed', 'echo', 'imgfree', 'sleep', 'goto', ''],
        );
        const commands = script.map((line) => line.replace(/ \|\| goto failed$/, ''));
        assert.equal(commands.filter((line, index) => line !== script[index]).length, 3, 'ours, at their end');
        assert.doesNotMatch(commands.join('\n'), /\$\{| (?:;|&&|\|\|)(?: |$)/m);
        const hosts = dnsmasqFile([one]).split(lineEnd);
        assert.equal(hosts.length, 4);
        assert.match(hosts[2] ?? '', /^dhcp-host=[0-9a-f:]{17},set:[\w-]+,[\d.]{7,15},[a-zA-Z0-9-]{1,63}$/);
      }),
      { numRuns: 3_000 },
    );
    assert.ok(accepted > 50, 'the test must see values that are accepted');
  });

  test('a hostile cell of the mapping file does not get past the plan', () => {
    const images = [{ role: 'slurm_node_x86_64', name: 'i' }];
    const cells = node1.split(',');
    fc.assert(
      fc.property(fc.constantFrom(4, 5, 6), hostile, (column, value) => {
        const row = cells.with(column, `"${value.replaceAll('"', '""')}"`).join(',');
        const { nodes } = planDeploy({ rows: targetsOf(fileOf(header, row), '2.2'), imageGroup: 'G', images });
        for (const { target, mac } of nodes) {
          checkValues([bootNode(1, { hostname: target.hostname, mac, ip: target.adminIp })]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
