import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { BmcError, type BmcReason } from '@omnia-buildstream/engine/ports/bmc';
import { labGenerations } from '@omnia-buildstream/lab/bmc/generation';
import type { Faults } from '@omnia-buildstream/lab/faults/fault';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { NetworkClock } from '../../support/engine/networkClock.ts';
import { credential, faultyLab, firstBmc, labClient, labPassword, pxe, quickLab } from '../../support/lab.ts';

const signal = new AbortController().signal;
const { clock, onHold } = new NetworkClock();
const onClock = { clock, onHold };

async function withLab<T>(lab: Lab, use: (lab: Lab) => Promise<T>): Promise<T> {
  try {
    return await use(lab);
  } finally {
    await lab.stop();
  }
}

function recordOf(lab: Lab) {
  const bmc = lab.fleet.get(firstBmc(lab));
  assert.ok(bmc);
  return bmc.record;
}

function hasReason(reason: BmcReason): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof BmcError, inspect(error));
    assert.equal(error.reason, reason, error.message);
    assert.ok(!inspect(error, { depth: 9 }).includes(labPassword), 'no password in an error');
    return true;
  };
}

suite('Redfish client', () => {
  for (const generation of labGenerations) {
    test(`sets PXE once and restarts a ${generation}, and leaves no session behind`, async () => {
      await withLab(await quickLab({ ...onClock, generations: [generation] }), async (lab) => {
        const connection = labClient(lab, { clock }).connect(firstBmc(lab));
        assert.match((await connection.reach(signal)).redfishVersion, /^1\./);
        await connection.login(signal);
        assert.equal((await connection.readiness(signal)).ready, true);
        assert.equal((await connection.read(signal)).power, 'On');
        await connection.setPxe(pxe('once'), signal);
        const { enabled, target, mode } = (await connection.read(signal)).override;
        assert.deepEqual([enabled, target, mode], ['Once', 'Pxe', 'UEFI']);
        assert.deepEqual(await connection.reset('ForceRestart', signal), { outcome: 'accepted', sent: 'ForceRestart' });
        const record = recordOf(lab);
        assert.equal(record.resetsCarriedOut, 1);
        await connection.close();
        assert.deepEqual(lab.fleet.get(firstBmc(lab))?.auth.sessions.list(), []);
        assert.equal(record.logins, 1);
        assert.equal(record.mostAtOnce, 1);
      });
    });
  }

  test('uses Basic when all sessions are taken', async () => {
    await withLab(await quickLab({ ...onClock, sessionLimit: 0 }), async (lab) => {
      const connection = labClient(lab, { clock }).connect(firstBmc(lab));
      await connection.reach(signal);
      await connection.login(signal);
      assert.equal((await connection.read(signal)).power, 'On');
      await connection.close();
    });
  });

  test('follows the job of a change that is answered with 202', async () => {
    await withLab(await quickLab({ ...onClock, changesAsJobs: true }), async (lab) => {
      const connection = labClient(lab, { clock }).connect(firstBmc(lab));
      await connection.reach(signal);
      await connection.login(signal);
      await connection.setPxe(pxe('continuous'), signal);
      assert.ok(recordOf(lab).count('job') >= 1);
      await connection.close();
    });
  });

  test('after a 401 the BMC is never asked again, not even over a new connection', async () => {
    await withLab(await faultyLab({ wrongPassword: true }, onClock), async (lab) => {
      const client = labClient(lab, { clock });
      const connection = client.connect(firstBmc(lab));
      await connection.reach(signal);
      await assert.rejects(connection.login(signal), hasReason('unauthorized'));
      await assert.rejects(connection.login(signal), hasReason('login-withheld'));
      await connection.close();
      const second = client.connect(firstBmc(lab));
      await assert.rejects(second.login(signal), hasReason('login-withheld'));
      await second.close();
      assert.equal(recordOf(lab).logins, 1);
    });
  });

  test('after three BMCs refused the same credentials no other is asked, however many start at once', async () => {
    await withLab(await quickLab({ ...onClock, size: 12, faultsOf: () => ({ wrongPassword: true }) }), async (lab) => {
      const client = labClient(lab, { clock });
      const results = await Promise.all(
        lab.bmcs.map(async ({ node }) => {
          const connection = client.connect(node.address);
          const error: unknown = await connection.login(signal).catch((cause: unknown) => cause);
          await connection.close();
          return error instanceof BmcError ? error.reason : 'accepted';
        }),
      );
      assert.equal(results.filter((reason) => reason === 'unauthorized').length, 3);
      assert.equal(results.filter((reason) => reason === 'credentials-refused').length, 9);
      assert.equal(
        lab.bmcs.reduce((sum, { record }) => sum + record.logins, 0),
        3,
      );
    });
  });

  test('a certificate of another authority is refused with its fingerprint, which can then be pinned', async () => {
    await withLab(await faultyLab({ wrongCertificate: true }, onClock), async (lab) => {
      const error: unknown = await labClient(lab, { clock })
        .connect(firstBmc(lab))
        .reach(signal)
        .catch((cause: unknown) => cause);
      assert.ok(error instanceof BmcError && error.reason === 'tls', inspect(error));
      const fingerprint = /([0-9A-F]{2}(:[0-9A-F]{2}){31})/.exec(error.message)?.[1];
      assert.ok(fingerprint, error.message);
      assert.equal(recordOf(lab).requests.length, 0, 'nothing was sent');
      const pinned = labClient(lab, { clock, tls: { ca: undefined, pins: [{ hosts: '127.*', value: fingerprint }] } });
      const connection = pinned.connect(firstBmc(lab));
      await connection.reach(signal);
      await connection.close();
    });
  });

  test('a pinned host shows no other certificate, not even a trusted one', async () => {
    await withLab(await quickLab(onClock), async (lab) => {
      const pins = [{ hosts: firstBmc(lab), value: '00'.repeat(32) }];
      await assert.rejects(
        labClient(lab, { clock, tls: { ca: lab.ca, pins } })
          .connect(firstBmc(lab))
          .reach(signal),
        hasReason('tls'),
      );
    });
  });

  const refusals: readonly (readonly [string, Faults, BmcReason])[] = [
    ['nothing listens', { unreachable: true }, 'unreachable'],
    ['the certificate is for another address', { wrongName: true }, 'tls'],
    ['the connection is cut', { rules: [{ on: 'root', action: { do: 'cut' } }] }, 'unreachable'],
    ['no answer comes', { rules: [{ on: 'root', action: { do: 'hang' } }] }, 'unreachable'],
    ['the answer is not JSON', { rules: [{ on: 'root', action: { do: 'garbage' } }] }, 'not-redfish'],
    [
      'iDRAC is not ready',
      {
        rules: [
          { on: 'root', action: { do: 'refuse', status: 400, messageId: 'IDRAC.2.8.SWC0700', message: 'not ready' } },
        ],
      },
      'not-ready',
    ],
  ];
  for (const [name, faults, reason] of refusals) {
    test(`${name}: ${reason}`, async () => {
      await withLab(await faultyLab(faults, onClock), async (lab) => {
        const connection = labClient(lab, { clock }).connect(firstBmc(lab));
        await assert.rejects(connection.reach(signal), hasReason(reason));
        await connection.close();
      });
    });
  }

  test('a read that failed is repeated; a reset whose answer is lost is not', async () => {
    const rules = [
      { on: 'systems', times: 2, action: { do: 'cut' } },
      { on: 'reset', action: { do: 'cut-after' } },
    ] as const;
    await withLab(await faultyLab({ rules }, onClock), async (lab) => {
      const connection = labClient(lab, { clock }).connect(firstBmc(lab));
      await connection.login(signal);
      assert.equal((await connection.read(signal)).power, 'On');
      assert.equal(recordOf(lab).count('systems'), 3);
      await assert.rejects(connection.reset('ForceRestart', signal), hasReason('answer-lost'));
      await connection.close();
      assert.equal(recordOf(lab).count('reset'), 1);
    });
  });

  for (const action of [{ do: 'cut-within' }, { do: 'answer-after', status: 401 }] as const) {
    test(`a reset is in doubt when this comes in place of an answer: ${JSON.stringify(action)}`, async () => {
      await withLab(await faultyLab({ rules: [{ on: 'reset', action }] }, onClock), async (lab) => {
        const connection = labClient(lab, { clock }).connect(firstBmc(lab));
        await connection.login(signal);
        await connection.read(signal);
        await assert.rejects(connection.reset('ForceRestart', signal), hasReason('answer-lost'));
        await connection.close();
        assert.equal(recordOf(lab).count('reset'), 1);
      });
    });
  }

  test('On for a system that is on is no failure', async () => {
    await withLab(await quickLab(onClock), async (lab) => {
      const connection = labClient(lab, { clock }).connect(firstBmc(lab));
      await connection.login(signal);
      assert.deepEqual(await connection.reset('On', signal), { outcome: 'already', sent: 'On' });
      await connection.close();
    });
  });

  test('a credential prints without user and password', () => {
    assert.ok(!inspect(credential, { depth: 9, showHidden: true }).includes(labPassword));
    assert.ok(!JSON.stringify({ credential }).includes(labPassword));
    assert.ok(new Credential('x', 'u', labPassword).isIn(`..${labPassword}..`));
  });
});
