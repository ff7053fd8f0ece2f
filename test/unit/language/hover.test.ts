import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '@omnia-buildstream/core/language/hover';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { cluster, fileOf, header, rows } from '../../support/cluster.ts';
import { modelAt, say } from '../../support/modelAt.ts';

function text(marked: string, settings: Partial<ValidationSettings> = {}): string {
  const { model, position } = modelAt(marked, settings);
  return String(hover(model, position, say, (code) => `https://example.com/${code}`)?.markdown ?? '');
}

test('a cell tells what its column means, what it may hold and that it must be filled', () => {
  const found = text(cluster.replace('cn-002', 'cn|-002'));
  assert.match(found, /^\*\*HOSTNAME\*\* — Name of the node\\\./);
  assert.match(found, /1 to 63 letters/);
  assert.match(found, /Must be filled/);
});

test('a header cell tells the same', () => {
  assert.match(text(cluster.replace('BMC_MAC', 'BMC|_MAC')), /MAC address of the iDRAC/);
});

test('what may stand in a cell depends on the version', () => {
  assert.match(text(cluster.replace('cn-002', 'cn|-002'), { version: '2.3' }), /lowercase/);
});

test('a role tells what it is for', () => {
  assert.match(
    text(cluster.replace('slurm_control', 'slurm|_control')),
    /`slurm_control_node_x86_64`: Slurm head node/,
  );
});

test('a parent shows its row', () => {
  const found = text(cluster.replace('COMP002,KNODE', 'COMP002,KNODE|'));
  assert.match(found, /Parent: `kn1`, `service_kube_node_x86_64`, line 3/);
});

test('a parent without a row is said to have none', () => {
  assert.match(text(cluster.replace('COMP002,KNODE01', 'COMP002,GONE|')), /No row has this service tag/);
});

test('a fault is shown with a link to its rule', () => {
  const found = text(cluster.replace('10.5.0.15', '10.5|.0'));
  assert.match(found, /\[bad\\-ipv4\]\(https:\/\/example.com\/bad-ipv4\)/);
});

test('other places of a value are named', () => {
  const found = text(cluster.replace('10.6.0.15', '10.5|.0.14'));
  assert.match(found, /Also in line 5 \(`cn-001`, ADMIN\\_IP\)|Also in line 5/);
});

test('many other places are counted', () => {
  const children = Array.from({ length: 20 }, (_, i) => rows[3]?.replace('COMP001', `C${String(i)}`) ?? '');
  assert.match(text(fileOf(header, ...rows, ...children).replace('KNODE01', 'KN|ODE01')), /and 14 more/);
});

test('a column that Omnia does not read says so', () => {
  assert.match(
    text(fileOf(`${header},RACK`, ...rows.map((row) => `${row},7`)).replace('RACK', 'RA|CK')),
    /does not read/,
  );
});

test('nothing in a cell can break out of the text', () => {
  const found = text(cluster.replace('cn-002', '<img src=x>[a](b)|`x`'));
  assert.doesNotMatch(found, /[^\\]<img|\]\(b\)/);
});

test('blank lines have nothing to tell', () => {
  assert.equal(text(`${cluster}|`), '');
});
