import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { NetworkBoot, SystemState } from '@omnia-buildstream/engine/ports/bmc';
import { bootsBy, showsBoot } from '@omnia-buildstream/engine/restart/networkBoot';
import { labGenerations } from '@omnia-buildstream/lab/bmc/generation';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { labClient, quickLab } from '../../support/lab.ts';

const { signal } = new AbortController();

suite('how a node boots from the network', () => {
  let lab: Lab;

  before(async () => {
    lab = await quickLab({ size: labGenerations.length, generations: labGenerations });
  });
  after(() => lab.stop());

  async function set(
    index: number,
    wanted: Omit<NetworkBoot, 'nicMac'>,
    byNic: boolean,
  ): Promise<[SystemState, NetworkBoot]> {
    const { node } = lab.bmcs[index] ?? assert.fail();
    const boot = { ...wanted, nicMac: byNic ? node.adminMac : undefined };
    const connection = labClient(lab).connect(node.address, { serviceTag: node.serviceTag, adminMac: node.adminMac });
    try {
      await connection.reach(signal);
      await connection.login(signal);
      await connection.read(signal);
      return [await connection.setPxe(boot, signal), boot];
    } finally {
      await connection.close();
    }
  }

  for (const [index, generation] of labGenerations.entries()) {
    for (const protocol of ['pxe', 'http'] as const) {
      test(`${generation}: ${protocol}, as it was asked for`, async () => {
        const [state, boot] = await set(index, { lasting: 'once', protocol }, false);
        assert.ok(showsBoot(state.override, boot), JSON.stringify(state.override));
        assert.equal(state.override.target, protocol === 'pxe' ? 'Pxe' : 'UefiHttp');
      });

      test(`${generation}: ${protocol} by the NIC of the row where the BMC lists one`, async () => {
        const [state, boot] = await set(index, { lasting: 'once', protocol }, true);
        assert.ok(showsBoot(state.override, boot), JSON.stringify(state.override));
        assert.equal(bootsBy(state.override, protocol, boot.nicMac ?? ''), generation !== 'plain');
      });
    }

    test(`${generation}: for every boot no NIC can be named`, async () => {
      const [state] = await set(index, { lasting: 'continuous', protocol: 'pxe' }, true);
      assert.deepEqual([state.override.enabled, state.override.target], ['Continuous', 'Pxe']);
    });
  }
});
