import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { compareHardware, fillEdits, type HardwareFinding } from '@omnia-buildstream/core/hardware/compare';
import { changedLines } from '@omnia-buildstream/core/hardware/lineDiff';
import { newRows, sortFound } from '@omnia-buildstream/core/hardware/newRows';
import { bootNicOf, type Seen, type SeenHardware } from '@omnia-buildstream/core/hardware/seen';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { fileOf, header } from '../../support/cluster.ts';

const nodes = [1, 2, 3].map((index) => ({
  tag: `COMP00${String(index)}`,
  mac: `04:00:00:00:01:0${String(index)}`,
  bmcMac: `04:00:00:00:02:0${String(index)}`,
  bmcIp: `10.6.0.1${String(index)}`,
}));
const rowOf = ({ tag, mac, bmcMac, bmcIp }: (typeof nodes)[number], index: number): string =>
  `slurm_node_x86_64,grp1,${tag},,cn-${String(index + 1)},${mac},10.5.0.1${String(index + 1)},${bmcMac},${bmcIp}`;
const file = fileOf(header, ...nodes.map(rowOf));

function machineOf({ tag, mac, bmcMac }: (typeof nodes)[number], change: Partial<SeenHardware> = {}): Seen {
  const nics = [
    { id: 'NIC.1', mac: mac.toUpperCase(), bootsFromNetwork: true },
    { id: 'NIC.2', mac: mac.replace('04', '06'), bootsFromNetwork: false },
  ];
  return { hardware: { serviceTag: tag, serialNumber: '', bmcMac, nics, ...change } };
}
const [one, two, three] = nodes as [(typeof nodes)[number], (typeof nodes)[number], (typeof nodes)[number]];
const asIs = new Map(nodes.map((node) => [node.bmcIp, machineOf(node)] as const));
const seen = (...changes: readonly (readonly [string, Seen])[]): ReadonlyMap<string, Seen> =>
  new Map([...asIs, ...changes]);
const short = ({ code, host, column }: HardwareFinding): string => `${code} ${host} ${column}`;
const nic = (mac: string, bootsFromNetwork?: boolean) => ({ id: 'NIC.9', mac, bootsFromNetwork });

const cases: readonly (readonly [string, string, ReadonlyMap<string, Seen>, readonly string[]])[] = [
  ['a file that is right', file, asIs, []],
  ['MACs and tags in other letters', file.toLowerCase(), asIs, []],
  ['a BMC that was not asked', file, new Map([[one.bmcIp, machineOf(one)]]), []],
  [
    'another machine',
    file,
    seen([one.bmcIp, machineOf(one, { serviceTag: '7ABC123' })]),
    ['service-tag cn-1 SERVICE_TAG'],
  ],
  [
    'a board that was replaced',
    file,
    seen([one.bmcIp, machineOf(one, { nics: [nic('aa:bb:cc:00:00:01', true)] })]),
    ['admin-mac cn-1 ADMIN_MAC'],
  ],
  [
    'a NIC that the BMC does not boot by',
    file,
    seen([one.bmcIp, machineOf(one, { nics: [nic(one.mac, false)] })]),
    ['no-network-boot cn-1 ADMIN_MAC'],
  ],
  ['a BMC without boot options', file, seen([one.bmcIp, machineOf(one, { nics: [nic(one.mac)] })]), []],
  ['another BMC', file, seen([one.bmcIp, machineOf(one, { bmcMac: 'aa:bb:cc:00:00:02' })]), ['bmc-mac cn-1 BMC_MAC']],
  [
    'swapped rows',
    file,
    seen([one.bmcIp, machineOf(two)], [two.bmcIp, machineOf(one)]),
    ['swapped cn-1 BMC_IP', 'swapped cn-2 BMC_IP'],
  ],
  [
    'three in a circle',
    file,
    seen([one.bmcIp, machineOf(two)], [two.bmcIp, machineOf(three)], [three.bmcIp, machineOf(one)]),
    ['of-other-row cn-1 BMC_IP', 'of-other-row cn-2 BMC_IP', 'of-other-row cn-3 BMC_IP'],
  ],
  [
    'a machine of another row, whose own BMC does not respond',
    file,
    seen([one.bmcIp, machineOf(two)], [two.bmcIp, { problem: 'no answer' }]),
    ['of-other-row cn-1 BMC_IP', 'not-compared cn-2 BMC_IP'],
  ],
  [
    'another make with a name of the site',
    file,
    seen([one.bmcIp, machineOf(one, { serviceTag: '', serialNumber: 'S123' })]),
    [],
  ],
  [
    'another make without its NIC',
    file,
    seen([one.bmcIp, machineOf(one, { serviceTag: '', serialNumber: 'S123', nics: [] })]),
    ['service-tag cn-1 SERVICE_TAG'],
  ],
  [
    'a serial number that nobody wrote',
    file,
    seen([one.bmcIp, machineOf(one, { serviceTag: '', serialNumber: 'To be filled by O.E.M.' })]),
    [],
  ],
  [
    'empty cells',
    file.replace(one.tag, '').replace(one.mac, '').replace(one.bmcMac, ''),
    asIs,
    ['empty-cell cn-1 SERVICE_TAG', 'empty-cell cn-1 ADMIN_MAC', 'empty-cell cn-1 BMC_MAC'],
  ],
  [
    'an empty MAC with two NICs to boot by',
    file.replace(one.mac, ''),
    seen([one.bmcIp, machineOf(one, { nics: [nic('aa:bb:cc:00:00:01', true), nic('aa:bb:cc:00:00:02', true)] })]),
    [],
  ],
  ['one machine at two BMC_IPs, of a row', file, seen([two.bmcIp, machineOf(one)]), ['of-other-row cn-2 BMC_IP']],
  [
    'one machine at two BMC_IPs, which no row names: nobody knows whose it is, and nothing is filled in',
    file.replace(one.tag, '').replace(one.mac, '').replace(two.tag, '').replace(two.mac, ''),
    seen([two.bmcIp, machineOf(one)]),
    ['of-other-row cn-1 BMC_IP', 'of-other-row cn-2 BMC_IP'],
  ],
  ['a row behind #', file.replace('slurm_node', '#slurm_node'), asIs, []],
  ['no header', '', asIs, []],
];

suite('a mapping file is compared with its machines', () => {
  for (const [name, text, found, expected] of cases) {
    test(`${name}: ${expected.length === 0 ? 'no difference' : expected.join(', ')}`, () => {
      assert.deepEqual(compareHardware(text, '2.2', found).map(short), expected);
    });
  }

  test('a finding lies on its cell, and says what the BMC says', () => {
    const [finding] = compareHardware(file, '2.2', seen([one.bmcIp, machineOf(one, { serviceTag: '7ABC123' })]));
    assert.ok(finding);
    const line = file.split('\n')[finding.range.start.line] ?? '';
    assert.equal(line.slice(finding.range.start.character, finding.range.end.character), one.tag);
    assert.equal(wordsOf(finding.message), 'The BMC says 7ABC123.');
  });

  test('every fix of the first finding takes that finding away, and makes no other', () => {
    for (const [name, text, found, expected] of cases) {
      const [first] = compareHardware(text, '2.2', found);
      for (const { edits } of first?.fixes ?? []) {
        const left = compareHardware(applyEdits(text, edits), '2.2', found).map(short);
        assert.ok(left.length < expected.length && left.every((other) => expected.includes(other)), name);
      }
    }
  });

  test('swapped rows are right after one fix, and so are their BMC_MACs', () => {
    const found = seen([one.bmcIp, machineOf(two)], [two.bmcIp, machineOf(one)]);
    for (const text of [file, file.replace(one.bmcMac, 'x').replace(two.bmcMac, one.bmcMac).replace('x', two.bmcMac)]) {
      const [finding] = compareHardware(text, '2.2', found);
      assert.deepEqual(compareHardware(applyEdits(text, finding?.fixes[0]?.edits ?? []), '2.2', found), []);
    }
  });

  test('whatever BMCs say: filling in changes empty cells of these rows only, and once', () => {
    const name = fc.constantFrom('', ...nodes.map(({ tag }) => tag), 'OTHER', 'none');
    const mac = fc.constantFrom('', 'nonsense', ...nodes.map((node) => node.mac), 'aa:bb:cc:00:00:01');
    const hardware = fc.record({
      serviceTag: name,
      serialNumber: name,
      bmcMac: mac,
      nics: fc.array(
        fc.record({ id: fc.constant('NIC'), mac, bootsFromNetwork: fc.constantFrom(true, false, undefined) }),
        { maxLength: 3 },
      ),
    });
    const answer: fc.Arbitrary<Seen> = fc.oneof(fc.record({ hardware }), fc.constant({ problem: 'away' }));
    const emptied = fc.subarray(nodes.flatMap((node) => [node.tag, node.mac, node.bmcMac]));
    fc.assert(
      fc.property(fc.array(answer, { minLength: 3, maxLength: 3 }), emptied, (answers, gone) => {
        const text = gone.reduce((whole, value) => whole.replace(value, ''), file);
        const found = new Map(nodes.map(({ bmcIp }, index) => [bmcIp, answers[index] ?? { problem: '' }]));
        const filled = applyEdits(text, fillEdits(compareHardware(text, '2.2', found)));
        const [before, after] = [text, filled].map((whole) => whole.split('\n').map((line) => line.split(',')));
        for (const [row, cells] of (before ?? []).entries()) {
          for (const [column, cell] of cells.entries()) if (cell !== '') assert.equal(after?.[row]?.[column], cell);
        }
        assert.equal(fillEdits(compareHardware(filled, '2.2', found)).length, 0);
      }),
    );
  });
});

suite('machines that no row has', () => {
  test('become rows at the end, with what their BMC knows', () => {
    const found = [
      {
        bmcIp: '10.6.0.99',
        hardware: (machineOf(one, { serviceTag: '7ABC123' }) as { hardware: SeenHardware }).hardware,
      },
    ];
    for (const text of [file, file.trimEnd(), file.replaceAll('\n', '\r\n')]) {
      const rows = newRows(text, '2.2', found);
      assert.ok(rows.kind === 'rows');
      const now = applyEdits(text, [rows.edit]);
      const added = changedLines(text, now);
      assert.deepEqual(
        added.map(({ before, after }) => [before, after]),
        [[undefined, `,,7ABC123,,,${one.mac},,${one.bmcMac},10.6.0.99`]],
      );
    }
  });

  test('a machine that a row has is no new row, wherever it responds', () => {
    const { hardware } = machineOf(one) as { hardware: SeenHardware };
    const nameless = { ...hardware, serviceTag: '' };
    for (const [text, machine, isOfRow] of [
      [file, hardware, true],
      [file.toLowerCase(), hardware, true],
      [file, nameless, true],
      [file.replace(one.tag, ''), hardware, true],
      [file, { ...hardware, serviceTag: '7ABC123' }, false],
      [file.replace(one.mac, ''), nameless, false],
    ] as const) {
      const found = [{ bmcIp: '10.6.0.99', hardware: machine }];
      const { fresh, ofRows } = sortFound(text, '2.2', found);
      assert.deepEqual(ofRows, isOfRow ? [{ bmcIp: '10.6.0.99', host: 'cn-1' }] : []);
      assert.deepEqual(fresh, isOfRow ? [] : found);
      assert.equal(newRows(text, '2.2', found).kind, isOfRow ? 'none' : 'rows');
    }
  });

  test('without a header nothing is added, and that is told', () => {
    const found = [{ bmcIp: '10.6.0.99', hardware: (machineOf(one) as { hardware: SeenHardware }).hardware }];
    for (const text of ['', '# rack 2\n']) assert.deepEqual(newRows(text, '2.2', found), { kind: 'no-header' });
    assert.deepEqual(newRows('', '2.2', []), { kind: 'none' });
  });
});

test('the NIC to boot by is the only one with a boot option, else the only one, else nobody knows', () => {
  const of = (...nics: SeenHardware['nics']) => bootNicOf({ serviceTag: '', serialNumber: '', bmcMac: '', nics })?.mac;
  const [a, b] = ['aa:bb:cc:00:00:01', 'aa:bb:cc:00:00:02'] as const;
  assert.equal(of(nic(a, false), nic(b, true)), b);
  assert.equal(of(nic(a, true), nic(b, true)), undefined);
  assert.equal(of(nic(a)), a);
  assert.equal(of(nic(a), nic(b)), undefined);
  assert.equal(of(nic('00:00:00:00:00:00'), nic(b)), b);
});
