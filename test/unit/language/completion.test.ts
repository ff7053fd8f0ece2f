import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { complete } from '@omnia-buildstream/core/language/completion';
import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { cluster, fileOf, header, node1, rows } from '../../support/cluster.ts';
import { networkSpec } from '../../support/mappingText.ts';
import { modelAt, say } from '../../support/modelAt.ts';

function labels(marked: string, settings: Partial<ValidationSettings> = {}): string[] {
  const { model, position } = modelAt(marked, settings);
  return complete(model, position, say)?.items.map(({ label }) => label) ?? [];
}

test('a role: the one above first, then those in use, then the others of the version', () => {
  const found = labels(cluster.replace(/slurm_node_x86_64(?=,grp3,COMP002)/, 's|'));
  assert.deepEqual(found.slice(0, 2), ['slurm_node_x86_64', 'service_kube_control_plane_x86_64']);
  assert.ok(found.includes('os_aarch64'));
  assert.ok(!found.includes('service_kube_control_plane_first_x86_64'));
  assert.equal(new Set(found).size, found.length);
});

test('2.1 does not know the os roles', () => {
  assert.ok(!labels(cluster.replace('slurm_node', '|slurm_node'), { version: '2.1' }).includes('os_x86_64'));
});

test('late 2.3 gets roles with the OS releases that the file and the catalog use', () => {
  const text = cluster.replace(/^slurm_node_x86_64/gm, 'slurm_node_rhel_10_0_x86_64');
  const context = { catalog: new Set(['login_node_rocky_9_x86_64']) };
  const found = labels(`${text}|`, { version: '2.3os', context });
  assert.ok(found.includes('slurm_control_node_rhel_10_0_x86_64'));
  assert.ok(found.includes('os_rocky_9_aarch64'));
  assert.ok(!found.includes('slurm_node_aarch64'));
});

test('a role of ones own gets its architecture from 2.3 on', () => {
  const text = cluster.replace(/slurm_node_x86_64(?=,grp3,COMP002)/, 'viz_node|');
  assert.deepEqual(labels(text, { version: '2.3' }).slice(0, 2), ['viz_node_x86_64', 'viz_node_aarch64']);
});

test('a group: the one above, the next free one, those in use', () => {
  assert.deepEqual(labels(cluster.replace('grp3,COMP002', '|,COMP002')), ['grp3', 'grp4', 'grp0', 'grp1', 'grp2']);
});

test('the series of scalable units goes on too', () => {
  assert.ok(labels(cluster.replaceAll('grp3', 'SUA07').replace('SUA07,COMP002', '|,COMP002')).includes('SUA08'));
});

test('a parent: that of the group first, then the Kubernetes workers with their names', () => {
  const other = rows[1]?.replace('KNODE01', 'KNODE02').replace('kn1', 'kn2') ?? '';
  const { model, position } = modelAt(fileOf(header, other, ...rows).replace('COMP002,KNODE01', 'COMP002,|'));
  const found = complete(model, position, say)?.items.map(({ label, detail }) => `${label} ${detail}`);
  assert.deepEqual(found, ['KNODE01 parent of grp3, kn1', 'KNODE02 kn2']);
});

test('a hostname: the next of the series that is free', () => {
  const text = fileOf(header, node1, node1.replace('cn-001', '|'), node1.replace('cn-001', 'cn-002'));
  assert.deepEqual(labels(text), ['cn-003']);
});

test('an address: the next that no row and no service of the network uses', () => {
  assert.deepEqual(labels(cluster.replace('10.5.0.15', '|')), ['10.5.0.15']);
});

test('an address goes on in the series of the group first, wherever the row stands, and is one that nobody has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 2, maxLength: 20 }),
      fc.nat(19),
      fc.constantFrom('ADMIN_IP', 'BMC_IP'),
      (groups, pick, column) => {
        const at = pick % groups.length;
        const own = groups[at] ?? 0;
        if (groups.filter((group) => group === own).length < 2) return;
        const net = column === 'ADMIN_IP' ? '10.5' : '10.6';
        const lines = groups.map((group, n) => {
          const number = String(n + 10);
          const address = (is: string): string => (n === at && is === net ? '|' : `${is}.${String(group)}.${number}`);
          const macs = [`04:00:00:00:01:${number}`, `04:00:00:00:02:${number}`] as const;
          return `slurm_node_x86_64,grp${String(group)},TAG00${number},,cn-0${number},${macs[0]},${address('10.5')},${macs[1]},${address('10.6')}`;
        });
        const text = fileOf(header, ...lines);
        const [first = ''] = labels(text);
        assert.ok(first.startsWith(`${net}.${String(own)}.`), `${first}\n${text}`);
        assert.ok(!text.split(/[,\n]/).includes(first), first);
      },
    ),
  );
});

test('when the series ends, the first free address of the network is next', () => {
  const rowsWith = (...addresses: string[]): string =>
    fileOf(header, ...addresses.map((address) => node1.replace('10.5.0.14', address)));
  const settings = { context: { network: networkSpec } };
  assert.deepEqual(labels(rowsWith('10.37.0.3', '|'), settings), ['10.37.0.2']);
  assert.deepEqual(labels(rowsWith('10.37.0.2', '10.37.0.3', '|'), settings), []);
});

test('the first address comes from network_spec.yml', () => {
  const text = fileOf(header, node1.replace('10.5.0.14', '|'));
  assert.deepEqual(labels(text, { context: { network: networkSpec } }), ['10.37.0.2']);
});

test('a MAC address begins like those above', () => {
  assert.deepEqual(labels(cluster.replace('04:00:00:00:01:05', '0|')), ['04:00:00:']);
});

test('an InfiniBand port: names in use, then the forms that Omnia knows', () => {
  const text = fileOf(canonicalHeader.join(','), `${node1},NIC.InfiniBand.2-1,10.7.0.1`, `${node1},|,`);
  assert.deepEqual(labels(text).slice(0, 2), ['NIC.InfiniBand.2-1', 'InfiniBand.Slot.7-1']);
});

test('service tags cannot be guessed', () => {
  assert.deepEqual(labels(cluster.replace('COMP002', '|')), []);
});

test('a header cell gets the columns that are missing', () => {
  assert.deepEqual(labels(cluster.replace('BMC_IP', '|')), ['BMC_IP', 'IB_NIC_NAME', 'IB_IP']);
});

test('an empty file gets whole headers', () => {
  assert.deepEqual(labels('|'), [canonicalHeader.join(','), header]);
  assert.equal(labels('|', { version: '2.3' })[0], canonicalHeader.join(','));
});

test('an empty line gets a row that goes on with the one above', () => {
  const { model, position } = modelAt(`${cluster}|`);
  const [row] = complete(model, position, say)?.items ?? [];
  const cells = row?.newText.split(',').map((cell) => /^\$\{\d:(.*)\}$/.exec(cell)?.[1]);
  assert.deepEqual(cells, [
    'slurm_node_x86_64',
    'grp3',
    '',
    'KNODE01',
    'cn-003',
    '04:00:00:',
    '10.5.0.16',
    '04:00:00:',
    '10.6.0.16',
  ]);
});

test('padding stays, and the cursor may stand in it', () => {
  const { model, position } = modelAt(cluster.replace('grp3,COMP002', '  grp3 | ,COMP002'));
  const range = complete(model, position, say)?.range;
  assert.deepEqual(range, { start: { line: 5, character: 20 }, end: { line: 5, character: 25 } });
});

test('comments get nothing', () => {
  assert.deepEqual(labels(`${cluster}# |`), []);
});

test('a long list is cut, and narrowed by what is typed', () => {
  const many = Array.from({ length: 500 }, (_, i) => node1.replace('grp3', `SUA${String(i)}`));
  const { model, position } = modelAt(fileOf(header, ...many, node1.replace('grp3', 'SUA49|')));
  const found = complete(model, position, say);
  assert.equal(found?.isIncomplete, true);
  assert.ok(found.items.every(({ label }) => label.includes('SUA49')));
  assert.ok(found.items.length > 10);
});
