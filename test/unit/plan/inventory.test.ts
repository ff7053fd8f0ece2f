import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pxebootInventory } from '@omnia-buildstream/core/plan/inventory';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { fc } from '../../support/properties/fastCheck.ts';
import { hostileText } from '../../support/hostileText.ts';

const good: Target = {
  bmcIp: '10.6.0.14',
  hostname: 'cn-001',
  serviceTag: 'ABCD123',
  functionalGroup: 'slurm_node_x86_64',
  groupName: 'grp1',
  adminIp: '172.16.0.14',
  adminMac: 'aa:bb:cc:dd:ee:01',
  line: 4,
};
const header = 'BMC_IP,ADMIN_IP,HOSTNAME,SERVICE_TAG\n';

test('an inventory has a row for each node with a BMC', () => {
  const made = pxebootInventory([good, { ...good, bmcIp: ' ' }, { ...good, bmcIp: ' 10.6.0.15', serviceTag: 'ÄB1' }]);
  const rows = '10.6.0.14,172.16.0.14,cn-001,ABCD123\n10.6.0.15,172.16.0.14,cn-001,ÄB1\n';
  assert.deepEqual(made, { text: `${header}${rows}` });
});

for (const value of [
  'cn\n[all:vars]',
  'cn-001 ansible_host=evil',
  '{{ lookup("pipe", "id") }}',
  '"cn',
  '=1+1',
  '-x',
  '@a',
])
  test(`a cell that would be something else to Ansible or a spreadsheet is refused: ${JSON.stringify(value)}`, () => {
    for (const field of ['bmcIp', 'adminIp', 'hostname', 'serviceTag'] as const) {
      const made = pxebootInventory([good, { ...good, [field]: value }]);
      assert.ok('fault' in made, field);
      assert.deepEqual([made.fault.line, made.fault.value], [4, value]);
    }
  });

test('whatever stands in cells, an inventory has four plain words a line', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (hostname, serviceTag, adminIp) => {
      const made = pxebootInventory([{ ...good, hostname, serviceTag, adminIp }]);
      if ('text' in made) assert.match(made.text, /^[A-Z_,]+\n10\.6\.0\.14(?:,[\p{L}\p{N}_.:-]*){3}\n$/u);
    }),
  );
});
