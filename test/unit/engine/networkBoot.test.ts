import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { BootOverride } from '@omnia-buildstream/engine/ports/bmc';
import { networkDeviceIn, showsAnyBoot, showsBoot } from '@omnia-buildstream/engine/restart/networkBoot';

const devices: readonly (readonly [string, ReturnType<typeof networkDeviceIn>])[] = [
  [
    'PciRoot(0x0)/Pci(0x1,0x0)/MAC(0400000001AA,0x1)/IPv4(0.0.0.0)',
    { mac: '0400000001aa', protocol: 'pxe', family: 4 },
  ],
  ['PciRoot(0x0)/MAC(0400000001AA,0x1)/IPv6(::)', { mac: '0400000001aa', protocol: 'pxe', family: 6 }],
  ['PciRoot(0x0)/MAC(0400000001AA,0x1)/IPv4(0.0.0.0)/Uri()', { mac: '0400000001aa', protocol: 'http', family: 4 }],
  ['PciRoot(0x0)/MAC(0400000001AA,0x1)', undefined],
  ['IPv4(0.0.0.0)/MAC(0400000001AA,0x1)', undefined],
  ['HD(1,GPT)/\\EFI\\BOOT', undefined],
  ['', undefined],
];

suite('the device of a boot option', () => {
  for (const [path, expected] of devices) {
    test(path === '' ? 'nothing' : path, () => {
      assert.deepEqual(networkDeviceIn(path), expected);
    });
  }
});

test('a boot that was asked for is a network boot, and by another NIC or protocol it is not the one', () => {
  const text = fc.constantFrom(
    '',
    'Once',
    'Continuous',
    'Disabled',
    'Pxe',
    'UefiHttp',
    'UefiTarget',
    'Hdd',
    'None',
    'UEFI',
    'Legacy',
  );
  const override: fc.Arbitrary<BootOverride> = fc.record({
    enabled: text,
    target: text,
    mode: text,
    device: fc.constantFrom(...devices.map(([path]) => path)),
    isWhereLooked: fc.boolean(),
  });
  const nicMac = fc.constantFrom(undefined, '04:00:00:00:01:aa', '04:00:00:00:01:ab');
  fc.assert(
    fc.property(override, fc.constantFrom('pxe', 'http'), nicMac, (shown, protocol, mac) => {
      if (!showsBoot(shown, { lasting: 'once', protocol, nicMac: mac })) return;
      assert.ok(showsAnyBoot(shown) && shown.mode !== 'Legacy');
      if (shown.target !== 'UefiTarget') return;
      assert.deepEqual(
        [mac?.replaceAll(':', ''), protocol],
        [networkDeviceIn(shown.device)?.mac, networkDeviceIn(shown.device)?.protocol],
      );
    }),
  );
});
