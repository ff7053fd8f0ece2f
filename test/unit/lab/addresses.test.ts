import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { adminAddress, bmcAddress, maxNodes, networksOf, octetsFor } from '@omnia-buildstream/lab/net/addresses';

const lab = fc.record({ octet: fc.integer({ min: 2, max: 240 }), nodes: fc.integer({ min: 1, max: maxNodes }) });

test('every node has addresses of its own, within the networks of its lab, and none that ends in 0 or 255', () => {
  fc.assert(
    fc.property(lab, fc.nat(), fc.nat(), ({ octet, nodes }, one, other) => {
      const plan = { octet, octets: octetsFor(nodes) };
      const { bmcs, nodes: admin } = networksOf(plan);
      const all = [one % nodes, other % nodes].flatMap((index) => [
        { address: bmcAddress(plan, index), networks: bmcs },
        { address: adminAddress(plan, index), networks: admin },
      ]);
      for (const { address, networks } of all) {
        const [first, second, third, last] = address.split('.').map(Number);
        assert.equal(first, 127);
        assert.ok(networks.includes(`127.${String(second)}.0.0/16`), address);
        for (const part of [third, last]) assert.ok(part !== undefined && part >= 1 && part <= 250, address);
      }
      const different = one % nodes === other % nodes ? 2 : 4;
      assert.equal(new Set(all.map(({ address }) => address)).size, different);
    }),
  );
});
