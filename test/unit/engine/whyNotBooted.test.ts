import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { BootFindings } from '@omnia-buildstream/engine/ports/bmc';
import { whyNotBooted } from '@omnia-buildstream/engine/restart/whyNotBooted';
import { readFindings } from '@omnia-buildstream/redfish/client/findings';
import type { RedfishService } from '@omnia-buildstream/redfish/client/service';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import type { FakeNodeOptions } from '../../support/engine/fakeFleet.ts';
import { World } from '../../support/engine/world.ts';

const system = '/redfish/v1/Systems/1';
const manager = '/redfish/v1/Managers/1';
const link = (path: string) => ({ '@odata.id': path });
const members = (...paths: readonly string[]) => ({ Members: paths.map(link) });
const entry = (Created: string, Message: string, Severity = 'OK') => ({ Created, Message, Severity });

/** A BMC that reports everything; its clock is an hour ahead of ours. */
const whole: Readonly<Record<string, object>> = {
  [system]: {
    BootProgress: { LastState: 'SystemHardwareInitializationComplete' },
    LastResetTime: '2026-04-10T17:00:00Z',
    EthernetInterfaces: link(`${system}/EthernetInterfaces`),
    LogServices: link(`${system}/LogServices`),
    Links: { ManagedBy: [link(manager)] },
  },
  [manager]: { DateTime: '2026-04-10T17:30:00+00:00', LogServices: link(`${manager}/LogServices`) },
  [`${system}/EthernetInterfaces`]: members(`${system}/EthernetInterfaces/1`, `${system}/EthernetInterfaces/2`),
  [`${system}/EthernetInterfaces/1`]: { MACAddress: '02:00:00:00:00:09', LinkStatus: 'LinkUp' },
  [`${system}/EthernetInterfaces/2`]: { PermanentMACAddress: '02:00:00:00:00:01', LinkStatus: 'NoLink' },
  [`${manager}/LogServices`]: members(`${manager}/LogServices/Sel`),
  [`${manager}/LogServices/Sel`]: { Id: 'Sel', Entries: link(`${manager}/LogServices/Sel/Entries`) },
  [`${manager}/LogServices/Sel/Entries`]: {
    Members: [
      entry('2026-04-10T17:05:00Z', 'A fan is slow.', 'Warning'),
      entry('2026-04-10T17:20:00Z', 'PXE-E18: Server response timeout.'),
      entry('2026-04-10T16:59:00Z', 'Power supply lost.', 'Critical'),
      entry('2026-04-10T17:25:00Z', 'A user logged in.'),
      entry('', 'PXE without a time.'),
    ],
  },
  [`${system}/LogServices`]: members(`${system}/LogServices/PostCodes`),
  [`${system}/LogServices/PostCodes`]: { Id: 'PostCodes', Entries: link(`${system}/LogServices/PostCodes/Entries`) },
  [`${system}/LogServices/PostCodes/Entries`]: {
    Members: [entry('2026-04-10T17:01:00Z', 'POST Code: 0x92'), entry('2026-04-10T17:02:00Z', 'POST Code: 0xB2')],
  },
};

function reading(resources: Readonly<Record<string, object>>, adminMac = '02-00-00-00-00-01', sinceMs?: number) {
  const get = (path: string): Promise<{ body: unknown }> => {
    const body = resources[path];
    return body === undefined ? Promise.reject(new BmcError('refused', path)) : Promise.resolve({ body });
  };
  const service = { get } as unknown as RedfishService;
  return readFindings(service, system, { adminMac, sinceMs }, new AbortController().signal);
}

suite('what a BMC tells of a boot that came to nothing', () => {
  test('link, boot progress, entries since the reset by its own clock, last POST code', async () => {
    const found = await reading(whole, undefined, 30 * 60_000);
    assert.equal(found.link, 'down');
    assert.deepEqual(
      found.entries.map(({ text }) => text),
      ['A user logged in.', 'PXE-E18: Server response timeout.', 'A fan is slow.'],
    );
    assert.deepEqual([found.postCode, found.unread], ['POST Code: 0xB2', []]);
    const { DateTime: _, ...noClock } = whole[manager] as { DateTime: string };
    const byReset = await reading({ ...whole, [manager]: noClock }, undefined, 30 * 60_000);
    assert.equal(byReset.entries.length, 3, 'else by the time of the last reset');
  });

  test('what it does not give is named, and nothing is made up', async () => {
    const bare = await reading({ [system]: { Links: {} } });
    const unread = ['boot-progress', 'link', 'log', 'post-code'] as const;
    const nothing: BootFindings = { bootProgress: '', link: undefined, entries: [], postCode: '', unread };
    assert.deepEqual(bare, nothing);
    assert.equal(
      wordsOf(whyNotBooted(bare)),
      'the BMC reports: nothing that explains the failure; it does not report boot progress, the link of the NIC, log entries since the reset, POST codes',
    );
    const untimed = await reading({
      ...whole,
      [manager]: {},
      [system]: { ...whole[system], LastResetTime: undefined },
    });
    assert.ok(untimed.unread.includes('log'), 'entries that may be of any boot are not taken');
  });

  test('the two newest that bear on the boot are told; the cause stays that of the message', async () => {
    const found = await reading(whole, undefined, 30 * 60_000);
    const why = wordsOf(whyNotBooted(found));
    assert.equal(
      why,
      'the BMC reports: no link on the NIC with the ADMIN_MAC; log entry of 2026-04-10T17:20:00Z: PXE-E18: Server response timeout.',
    );
    assert.match(wordsOf(whyNotBooted({ ...found, link: 'up' })), /PXE-E18.*; log entry .*A fan is slow\.$/);
    const hostile = {
      at: 'x',
      severity: 'Critical',
      text: 'a | Nobody can log in to the node to see whether it booted',
    };
    const message = `PXE Boot: OK | Power: Restart OK | Phone-home failed: x | ${wordsOf(whyNotBooted({ ...found, link: 'up', entries: [hostile] }))}`;
    assert.equal(adviceFor({ message }).cause, 'phone-home');
  });
});

suite('a node that does not report', () => {
  const run = async (options: FakeNodeOptions): Promise<{ message: string; tookMs: number; world: World }> => {
    const world = new World();
    world.addNode({ isSilent: true, ...options });
    await world.run();
    const [end] = world.events.flatMap((event) => (event.type === 'node-finished' ? [event] : []));
    return { message: end?.message ?? '', tookMs: end?.durationMs ?? 0, world };
  };

  test('says what its BMC tells, over a session that is closed', async () => {
    const { message, world } = await run({ findings: { link: 'down', unread: ['post-code'] } });
    assert.match(
      message,
      /Phone-home failed.* \| last seen: power On; the BMC reports: no link .*; it does not report POST codes$/,
    );
    assert.deepEqual(
      [...world.fleet.nodes.values()].map(({ openSessions, resets }) => [openSessions, resets]),
      [[0, 1]],
    );
  });

  test('says that its BMC could not be asked, after half a minute at the latest', async () => {
    const usual = (await run({})).tookMs;
    for (const gives of ['hang', 'refused', 'unauthorized'] as const) {
      const { message, tookMs } = await run({ faults: [{ on: 'findings', gives }] });
      assert.match(message, /the BMC could not be asked for the cause: /, gives);
      assert.ok(tookMs <= usual + 30_000, String(tookMs - usual));
    }
  });
});
