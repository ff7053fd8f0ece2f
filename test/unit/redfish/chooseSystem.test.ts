import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { judgeIdentity } from '@omnia-buildstream/engine/restart/identity';
import { chooseSystem } from '@omnia-buildstream/redfish/client/chooseSystem';
import { hardwareOf } from '@omnia-buildstream/redfish/client/hardware';
import type { RedfishService } from '@omnia-buildstream/redfish/client/service';
import { fc } from '../../support/properties/fastCheck.ts';

const row = { serviceTag: '7ABC123', adminMac: 'aa:bb:cc:00:00:01' };

/** A member of Systems, as shown by its BMC. */
interface Shown {
  /** SKU and serial number. */
  readonly tag: string;
  readonly mac: string;
  readonly canBoot: boolean;
  readonly isReadable: boolean;
}

function bodyOf(shown: Shown, index: number): object {
  return {
    Id: `System.${String(index)}`,
    SKU: shown.tag,
    SerialNumber: shown.tag,
    EthernetInterfaces: { '@odata.id': `/nics/${String(index)}` },
    ...(shown.canBoot && { Actions: { '#ComputerSystem.Reset': {} }, Boot: {} }),
  };
}

function serviceWith(members: readonly Shown[], isDell: boolean): RedfishService {
  const body = (path: string): unknown => {
    const [, kind, at = ''] = path.split('/');
    const member = members[Number(at)];
    if (kind === 'systems')
      return { Members: members.map((_, index) => ({ '@odata.id': `/system/${String(index)}` })) };
    if (member?.isReadable !== true) throw new BmcError('refused', 'it is off');
    if (kind === 'system') return bodyOf(member, Number(at));
    return kind === 'nics' ? { Members: [{ '@odata.id': `/nic/${at}` }] } : { MACAddress: member.mac };
  };
  const get = async (path: string) => Promise.resolve({ status: 200, body: body(path) });
  return { systems: '/systems', isDell, get } as unknown as RedfishService;
}

/** Index of the chosen system. Undefined if the choice is refused as ambiguous. */
async function chosen(members: readonly Shown[], isDell: boolean, known = true): Promise<number | undefined> {
  try {
    const service = serviceWith(members, isDell);
    const { path } = await chooseSystem(service, known ? row : undefined, new AbortController().signal);
    return Number(path.split('/').at(-1));
  } catch (error) {
    assert.ok(BmcError.is(error, 'several-systems'), String(error));
    return undefined;
  }
}

const other: Shown = { tag: '', mac: '', canBoot: true, isReadable: true };
const own: Shown = { ...other, tag: row.serviceTag };

suite('of several systems', () => {
  test('the one of the row is meant, though another one alone can boot from the network', async () => {
    assert.equal(await chosen([other, { ...own, canBoot: false }], true), 1);
    assert.equal(await chosen([other, { ...other, mac: row.adminMac, canBoot: false }], false), 1);
  });

  test('a baseboard with the tag of its server is not the server', async () => {
    assert.equal(await chosen([{ ...own, canBoot: false }, own], true), 1);
  });

  test('where a placeholder stands for the tag, the NIC tells', async () => {
    const nameless = { ...other, tag: 'Default string' };
    assert.equal(await chosen([nameless, { ...nameless, mac: row.adminMac }], true), 1);
  });

  test("whatever they show: never another one while one is known to be the row's, and never one of two that fit", async () => {
    const shown: fc.Arbitrary<Shown> = fc.record({
      tag: fc.constantFrom('', 'Default string', row.serviceTag, '7XYZ987'),
      mac: fc.constantFrom('', row.adminMac, 'aa:bb:cc:00:00:99'),
      canBoot: fc.boolean(),
      isReadable: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(shown, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        async (members, isDell, known) => {
          const at = await chosen(members, isDell, known);
          const isRows = ({ mac, ...shownMember }: Shown): boolean =>
            judgeIdentity(row, hardwareOf(bodyOf({ mac, ...shownMember }, 0), isDell, [mac])).kind === 'same';
          const readable = members.filter(({ isReadable }) => isReadable);
          const ofRow = known ? readable.filter(isRows) : [];
          if (at === undefined) return;
          const found = members[at];
          assert.ok(found?.isReadable);
          if (ofRow.length > 0) assert.ok(isRows(found), "another one is the row's");
          else assert.ok(found.canBoot && readable.length === members.length, 'one that is not read may be the one');
          if (ofRow.length === 0) assert.equal(readable.filter(({ canBoot }) => canBoot).length, 1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
