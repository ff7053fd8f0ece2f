import { handle } from '@omnia-buildstream/lab/bmc/handle';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import { reportFindings } from '@omnia-buildstream/cli/validate/findings';
import { LabBmc } from '@omnia-buildstream/lab/bmc/bmc';
import type { LabAnswer, LabRequest } from '@omnia-buildstream/lab/bmc/exchange';
import type { LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import { mappingFileOf } from '@omnia-buildstream/lab/fleet/mappingFile';
import { VirtualClock } from '../../support/engine/virtualClock.ts';
import { labPassword, labUser, quickLab } from '../../support/lab.ts';

function bmcOf(generation: LabGeneration, { isOn = true, clock = new VirtualClock() } = {}): LabBmc {
  const names = { address: '127.20.1.1', adminIp: '127.40.1.1', hostname: 'cn-1', serviceTag: 'LB00000' };
  const macs = { adminMac: '04:00:01:00:00:00', bmcMac: '04:00:02:00:00:00' };
  const place = { role: 'slurm_node_x86_64', group: 'grp1', parentServiceTag: '' };
  return new LabBmc(
    { ...names, ...macs, ...place, generation, isOn, faults: {} },
    {
      clock,
      user: labUser,
      password: labPassword,
      power: { offMs: 20, poweringOnMs: 5, bootMs: 5 },
      sessionLimit: 1,
      sessionTimeoutMs: 60_000,
      lockOutAfter: 3,
      changesAsJobs: false,
      onPowerOn: () => undefined,
      onRunning: () => undefined,
      onDown: () => undefined,
    },
  );
}

function ask(bmc: LabBmc, method: string, path: string, more: Partial<LabRequest> = {}): LabAnswer {
  const basic = { user: labUser, password: labPassword };
  const request = { method, path, token: undefined, basic, ifMatch: undefined, isJson: true, body: undefined, ...more };
  return handle(bmc, request);
}

const system = '/redfish/v1/Systems/System.Embedded.1';
const pxeOnce = { Boot: { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget: 'Pxe' } };

suite('lab BMC', () => {
  test('locks out after three wrong passwords, for the right one too', () => {
    const bmc = bmcOf('idrac9');
    const wrong = { basic: { user: labUser, password: 'wrong' } };
    for (let i = 0; i < 3; i++) assert.equal(ask(bmc, 'GET', system, wrong).status, 401);
    assert.equal(ask(bmc, 'GET', system).status, 401);
  });

  test('has few sessions', () => {
    const bmc = bmcOf('idrac9');
    const body = { UserName: labUser, Password: labPassword };
    const first = ask(bmc, 'POST', '/redfish/v1/SessionService/Sessions', { body });
    assert.equal(first.status, 201);
    assert.equal(ask(bmc, 'POST', '/redfish/v1/SessionService/Sessions', { body }).status, 503);
    assert.equal(ask(bmc, 'DELETE', first.headers?.['location'] ?? '').status, 204);
    assert.equal(ask(bmc, 'POST', '/redfish/v1/Sessions', { body }).status, 201, 'the old path works too');
  });

  test('takes the override on the system; iDRAC 10 only on its Settings', () => {
    assert.equal(ask(bmcOf('idrac9'), 'PATCH', system, { body: pxeOnce }).status, 200);
    assert.equal(ask(bmcOf('idrac10'), 'PATCH', system, { body: pxeOnce }).status, 405);
    assert.equal(ask(bmcOf('idrac10'), 'PATCH', `${system}/Settings`, { body: pxeOnce }).status, 200);
  });

  test('refuses a change on a stale ETag, and what is not JSON', () => {
    const bmc = bmcOf('idrac9');
    assert.equal(ask(bmc, 'PATCH', system, { body: pxeOnce, ifMatch: 'W/"gen-9"' }).status, 412);
    assert.equal(ask(bmc, 'PATCH', system, { body: pxeOnce, ifMatch: 'W/"gen-1"' }).status, 200);
    assert.equal(ask(bmc, 'PATCH', system, { body: pxeOnce, isJson: false }).status, 415);
  });

  test('a reset takes its time, and uses up an override of one boot', async () => {
    const clock = new VirtualClock();
    const bmc = bmcOf('idrac9', { clock });
    ask(bmc, 'PATCH', system, { body: pxeOnce });
    const reset = { body: { ResetType: 'ForceRestart' } };
    assert.equal(ask(bmc, 'POST', `${system}/Actions/ComputerSystem.Reset`, reset).status, 204);
    assert.equal(bmc.power.state, 'Off');
    await clock.sleep(40);
    assert.ok(bmc.isRunning);
    assert.equal(bmc.power.state, 'On');
    assert.equal(bmc.boot.enabled, 'Disabled');
  });

  test('a reset that makes no sense in this state is refused with 409', () => {
    const bmc = bmcOf('idrac9', { isOn: false });
    const reset = { body: { ResetType: 'ForceRestart' } };
    assert.equal(ask(bmc, 'POST', `${system}/Actions/ComputerSystem.Reset`, reset).status, 409);
    assert.equal(bmc.record.resetsCarriedOut, 0);
  });

  test('iDRAC 10 refuses On right after power off', async () => {
    const clock = new VirtualClock();
    const bmc = bmcOf('idrac10', { clock });
    const order = (type: string): number =>
      ask(bmc, 'POST', `${system}/Actions/ComputerSystem.Reset`, { body: { ResetType: type } }).status;
    assert.equal(order('ForceOff'), 204);
    assert.equal(order('On'), 409);
    await clock.sleep(40);
    assert.equal(order('On'), 204);
    bmc.stop();
  });
});

suite('lab fleet', () => {
  test('its mapping file has no errors for Omnia', async () => {
    const lab = await quickLab({ size: 120 });
    await lab.stop();
    for (const version of ['2.2', '2.3'] as const) {
      const settings = { version, context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
      const model = new MappingModel(new CsvDocument(lab.mappingFile), mappingRules, settings);
      const errors = reportFindings(model, true).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      assert.equal(targetsOf(lab.mappingFile, version).length, 120);
    }
  });

  test('2,000 BMCs listen in one process and stop again', async () => {
    const lab = await quickLab({ size: 2_000 });
    assert.equal(new Set(lab.bmcs.map(({ node }) => node.address)).size, 2_000);
    assert.equal(mappingFileOf(lab.bmcs.map(({ node }) => node)), lab.mappingFile);
    await lab.stop();
  });
});
