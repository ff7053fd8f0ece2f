import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readInventoryText } from '@omnia-buildstream/runner/inventory/readInventoryText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';

function rowsOf(text: string): readonly (readonly string[])[] {
  const read = readInventoryText(text);
  return 'table' in read ? read.table.rows : assert.fail(wordsOf(read.problem));
}

suite('leases', () => {
  const header = ['HOSTNAME', 'ADMIN_MAC', 'ADMIN_IP'];

  test("of ISC's server: of an address the last lease counts, and those that ended tell nothing", () => {
    const lease = (ip: string, state: string, rest: string): string =>
      `lease ${ip} {\n  starts 4 2026/10/01 10:00:00;\n  cltt 4 2026/10/01 10:00:00;\n  binding state ${state};\n  next binding state free;\n${rest}}\n`;
    const text = [
      '# The format of this file is documented in the dhcpd.leases(5) manual page.\nauthoring-byte-order little-endian;\n\n',
      lease('10.1.0.5', 'active', '  hardware ethernet 02:00:00:00:00:05;\n'),
      lease(
        '10.1.0.6',
        'active',
        '  hardware ethernet 02:00:00:00:00:06;\n  uid "\\001a}b";\n  client-hostname "cn006";\n',
      ),
      lease('10.1.0.7', 'active', '  hardware ethernet 02:00:00:00:00:07;\n'),
      lease('10.1.0.7', 'free', '  hardware ethernet 02:00:00:00:00:07;\n'),
      lease('10.1.0.5', 'active', '  hardware ethernet 02:00:00:00:00:15;\n  client-hostname "cn005";\n'),
    ].join('');
    assert.deepEqual(rowsOf(text), [
      header,
      ['cn005', '02:00:00:00:00:15', '10.1.0.5'],
      ['cn006', '02:00:00:00:00:06', '10.1.0.6'],
    ]);
    const old = 'lease 10.1.0.9 {\n  hardware ethernet 02:00:00:00:00:09;\n}\n';
    assert.deepEqual(rowsOf(old), [header, ['', '02:00:00:00:00:09', '10.1.0.9']]);
  });

  test('of dnsmasq, without those of IPv6', () => {
    const text =
      '1790000000 02:00:00:00:00:05 10.1.0.5 cn005 01:02:00:00:00:00:05\n0 06-02:00:00:00:00:06 10.1.0.6 * *\nduid 00:01:00:01\n1790000000 1 fd00::5 cn005 00:01\n';
    assert.deepEqual(rowsOf(text), [
      header,
      ['cn005', '02:00:00:00:00:05', '10.1.0.5'],
      ['', '02:00:00:00:00:06', '10.1.0.6'],
    ]);
  });

  test('of Kea: of an address the last line counts', () => {
    const names =
      'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id';
    const line = (ip: string, mac: string, life: number, host: string, state: number): string =>
      `${ip},${mac},,${String(life)},1790000000,1,0,0,${host},${String(state)},,0`;
    const text = [
      names,
      line('10.1.0.5', '02:00:00:00:00:05', 3600, 'cn005', 0),
      line('10.1.0.6', '02:00:00:00:00:06', 3600, 'cn006', 0),
      line('10.1.0.7', '02:00:00:00:00:07', 3600, 'cn007', 2),
      line('10.1.0.6', '02:00:00:00:00:06', 0, 'cn006', 0),
      line('10.1.0.5', '02:00:00:00:00:05', 3600, 'cn105', 0),
      '',
    ].join('\n');
    assert.deepEqual(
      rowsOf(text)
        .slice(1)
        .map((row) => [row[0], row[8]]),
      [['10.1.0.5', 'cn105']],
    );
  });
});

suite('JSON', () => {
  test('of buildstream hardware: machines of the file and those that were found, each with the NIC that boots', () => {
    const nics = [
      { id: 'NIC.1', mac: '02-00-00-00-00-01', bootsFromNetwork: false },
      { id: 'NIC.2', mac: '02-00-00-00-00-02', bootsFromNetwork: true },
    ];
    const machine = { serviceTag: 'TAG1', serialNumber: '', bmcMac: '02:00:00:00:01:01', nics };
    const value = {
      files: [
        {
          file: 'input/pxe_mapping_file.csv',
          machines: [
            { hostname: 'cn001', bmcIp: '10.2.0.1', hardware: machine },
            { hostname: 'cn002', bmcIp: '10.2.0.2', problem: 'no answer' },
          ],
          findings: [],
        },
      ],
      found: [{ bmcIp: '10.2.0.9', hardware: { ...machine, serviceTag: '', serialNumber: 'SN9', nics: [] } }],
      problems: [],
    };
    assert.deepEqual(rowsOf(JSON.stringify(value)), [
      ['SERVICE_TAG', 'HOSTNAME', 'BMC_IP', 'BMC_MAC', 'ADMIN_MAC'],
      ['TAG1', 'cn001', '10.2.0.1', '02:00:00:00:01:01', '02:00:00:00:00:02'],
      ['SN9', '', '10.2.0.9', '02:00:00:00:01:01', ''],
    ]);
  });

  test('of OpenManage: values below values, and the first of several', () => {
    const value = {
      '@odata.count': 1,
      value: [
        {
          Id: 10,
          Identifier: 'TAG1',
          DeviceName: 'xe1',
          Connected: true,
          DeviceManagement: [{ NetworkAddress: '10.2.0.1', MacAddress: '02:00:00:00:01:01' }, { NetworkAddress: 'x' }],
        },
      ],
    };
    assert.deepEqual(rowsOf(JSON.stringify(value)), [
      ['Id', 'Identifier', 'DeviceName', 'DeviceManagement NetworkAddress', 'DeviceManagement MacAddress'],
      ['10', 'TAG1', 'xe1', '10.2.0.1', '02:00:00:00:01:01'],
    ]);
  });

  test('what is no list of objects, or no JSON, is told', () => {
    for (const text of ['{}', '[]', '[1,2]', '{"a":{"b":1}}', '[{"a":1}]', '{', '[{"a":']) {
      assert.ok('problem' in readInventoryText(text), text);
    }
  });
});

test('a CSV is read by csv-parse: quotes with separators and lines in them, titles above, rows that are cut short', () => {
  const text =
    '\ufeff"Devices, all"\r\nName;"Service; Tag";Model\r\nxe1;"A ""B""";"two\r\nlines"\r\nxe2;C;D\r\nend\r\n';
  const read = readInventoryText(text);
  assert.ok('table' in read);
  assert.deepEqual(read.table.rows, [
    ['Name', 'Service; Tag', 'Model'],
    ['xe1', 'A "B"', 'two\r\nlines'],
    ['xe2', 'C', 'D'],
  ]);
  assert.equal(read.table.leftOut, 2);
  assert.ok('problem' in readInventoryText('just words\nand more\n'));
});
