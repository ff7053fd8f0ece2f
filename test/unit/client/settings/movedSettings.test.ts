import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { movedSettings, movedTo, movedValue, places } from '@omnia-buildstream/client/settings/movedSettings';
import { readEngineSettings } from '@omnia-buildstream/client/stages/settings/readEngineSettings';

/** A value for each setting other than its default. */
const samples: Readonly<Record<string, unknown>> = {
  'engine.lasting': 'continuous',
  'engine.boot': 'uefi-http',
  'engine.bootNic': true,
  'engine.restart': 'graceful',
  'engine.identity': 'warn',
  'engine.stagger': '50:30',
  'engine.inFlight': 7,
  'engine.maxFailed': '5%',
  'engine.maxUnreachable': '3',
  'engine.slurm': 'root@ctl:2222',
  'engine.kubectl': 'current',
  'engine.drain': true,
  'engine.waitForJobs': 30,
  'engine.resume': true,
  'engine.hostsFile': 'hosts',
  'engine.resolver': '10.5.0.1',
  'engine.sshKey': '/home/ops/key',
  'engine.sshUser': 'ops',
  'engine.moleculeFolder': '/opt/molecule',
  'engine.moleculeReport': 'junit.xml',
};

suite('a setting that has moved', () => {
  test('each has a sample here', () => {
    assert.deepEqual(Object.keys(samples).sort(), movedSettings.map(({ old }) => old).sort());
  });

  for (const moved of movedSettings) {
    const { old, now, key } = moved;
    const value = samples[old];

    test(`${old} still works, and does what ${now}.${key} does`, () => {
      for (const place of places) {
        assert.equal(movedValue(moved, undefined, { [place]: value }), value);
        assert.equal(movedValue(moved, { [place]: { [key]: value } }, undefined), value);
      }
      // The stage waits for jobs, and resumes nodes, only with draining.
      const beside = { 'engine.drain': true };
      const read = (name: string): unknown => (name === old ? value : beside[name as 'engine.drain']);
      const bare = (name: string): unknown => beside[name as 'engine.drain'];
      if (old !== 'engine.drain') assert.notDeepEqual(readEngineSettings(read), readEngineSettings(bare));
      else assert.equal(readEngineSettings(bare).workload.work.drain, true);
    });

    test(`of ${old} the strongest place wins, and within it the new name`, () => {
      const object = (text: string) => ({ [key]: text });
      assert.equal(
        movedValue(moved, { globalValue: object('new of user') }, { workspaceValue: 'old of folder' }),
        'old of folder',
      );
      assert.equal(
        movedValue(moved, { workspaceValue: object('new') }, { workspaceValue: 'old', globalValue: 'old of user' }),
        'new',
      );
      assert.equal(movedValue(moved, { globalValue: { other: 1 } }, { globalValue: 'old' }), 'old');
      assert.equal(movedValue(moved, undefined, {}), undefined);
      assert.equal(movedValue(moved, { globalValue: 'odd' }, { globalValue: 'old' }), 'old');
    });

    test(`what only the user may say of ${old} is not taken from a folder`, () => {
      const folder = { workspaceValue: { [key]: value }, workspaceFolderValue: { [key]: value } };
      assert.equal(movedValue(moved, folder, { workspaceValue: value }, ['globalValue']), undefined);
    });
  }

  test('one that has not moved stays', () => {
    assert.equal(movedTo('engine.concurrency'), undefined);
  });
});
