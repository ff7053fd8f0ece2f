import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import type { JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { BootServiceState } from '@omnia-buildstream/lab/openchami/bootServiceState';
import type { BootApi } from '@omnia-buildstream/provision/openchami/bootApi';
import { bootService } from '@omnia-buildstream/provision/openchami/bootService';
import { bss } from '@omnia-buildstream/provision/openchami/bss';
import { legacyBootService } from '@omnia-buildstream/provision/openchami/legacyBootService';
import type { WantedNode } from '@omnia-buildstream/provision/openchami/wanted';
import { bootNode } from '../../support/deploy/bootNodes.ts';

/** The lab's boot-service, read and written without a network. */
const services = [
  {
    api: bootService,
    answer: (state: BootServiceState, line: string, body?: unknown) =>
      state.handle(line.replace('/boot-service', ''), body),
  },
  {
    api: legacyBootService,
    answer: (state: BootServiceState, line: string, body?: unknown) => state.handleLegacy(line, body),
  },
] as const;

const macOf = (index: number): string => `04:00:00:00:01:0${String(index)}`;
const configNamed = (name: string) => ({ kernel: `http://h/${name}/k`, initrd: `http://h/${name}/i`, params: name });

function wantedNode(index: number, config: string): WantedNode {
  const node = bootNode(index);
  return { node, xname: `x1000c0s0b${String(index)}n0`, config: configNamed(config), number: 1, takenBy: undefined };
}

const entry = fc.record({
  macs: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }),
  config: fc.constantFrom('old', 'other', 'new'),
  hosts: fc.constantFrom<readonly string[]>([], ['x9000c0s0b0n0']),
  priority: fc.integer({ min: 0, max: 5 }),
  isUpper: fc.boolean(),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

function stateWith(entries: readonly Entry[]): BootServiceState {
  const state = new BootServiceState();
  entries.forEach(({ macs, config, hosts, priority, isUpper }, index) => {
    const spelled = macs.map(macOf).map((mac) => (isUpper ? mac.toUpperCase() : mac));
    const spec: JsonObject = { macs: spelled, hosts: [...hosts], priority, ...configNamed(config) };
    state.handle('POST /bootconfigurations', { metadata: { name: `entry-${String(index)}` }, spec });
  });
  return state;
}

function apply(
  api: BootApi,
  answer: (typeof services)[number]['answer'],
  { state, nodes }: { state: BootServiceState; nodes: readonly WantedNode[] },
): readonly WantedNode[] {
  const shown = api.shownIn(answer(state, `GET ${api.path}`).body);
  const open = nodes.filter(
    (one) => shown.configOf(one)?.params !== one.config.params && shown.obstacleTo(one) === undefined,
  );
  for (const { write } of shown.writesFor(open).flat()) {
    const { status } = answer(state, `${write.method} ${write.path}`, structuredClone(write.body));
    assert.ok(status < 300, `${write.method} ${write.path}: ${String(status)}`);
  }
  return open;
}

for (const { api, answer } of services) {
  suite(api.name, () => {
    test('sets what differs, and nothing else changes for anybody', () => {
      fc.assert(
        fc.property(
          fc.array(entry, { maxLength: 5 }),
          fc.array(fc.constantFrom('new', 'newer'), { minLength: 1, maxLength: 4 }),
          (entries, configs) => {
            const state = stateWith(entries);
            const nodes = configs.map((config, index) => wantedNode(index + 1, config));
            const strangers = [5, 6].map((index) => wantedNode(index, 'nothing'));
            const show = () => api.shownIn(answer(state, `GET ${api.path}`).body);
            const before = strangers.map((one) => show().configOf(one)?.params);
            const broadBefore = state.configurations.filter(({ spec }) => isForNobody(spec)).length;
            const open = apply(api, answer, { state, nodes });
            for (const one of open) assert.equal(show().configOf(one)?.params, one.config.params);
            assert.deepEqual(
              strangers.map((one) => show().configOf(one)?.params),
              before,
            );
            // A configuration without a node would be the default for all nodes.
            assert.equal(state.configurations.filter(({ spec }) => isForNobody(spec)).length, broadBefore);
            const after = JSON.stringify(state.configurations);
            apply(api, answer, { state, nodes });
            assert.equal(JSON.stringify(state.configurations), after, 'the same again changes nothing');
          },
        ),
        { numRuns: 100 },
      );
    });

    test('nodes that boot the same share an entry', () => {
      const state = new BootServiceState();
      apply(api, answer, { state, nodes: [wantedNode(1, 'a'), wantedNode(2, 'b'), wantedNode(3, 'a')] });
      assert.deepEqual(
        state.configurations.map(({ spec }) => spec['macs']),
        [[macOf(1), macOf(3)], [macOf(2)]],
      );
    });

    test('keeps what it does not know of an entry', () => {
      const state = new BootServiceState();
      const spec = { macs: [macOf(1), macOf(2)], groups: [], priority: 7, profile: 'debug', ...configNamed('old') };
      state.handle('POST /bootconfigurations', { metadata: { name: 'theirs' }, spec });
      apply(api, answer, { state, nodes: [wantedNode(1, 'new'), wantedNode(2, 'new')] });
      assert.equal(state.configurations.length, 1);
      assert.equal(state.configurations[0]?.spec['priority'], 7);
      assert.equal(state.configurations[0].spec['params'], 'new');
    });
  });
}

test('over the legacy API an entry that it would spoil is left alone, with the reason', () => {
  const shared = { macs: [macOf(1)], hosts: ['x9000c0s0b0n0'], ...configNamed('old') };
  const twice = { macs: [macOf(2)], ...configNamed('old') };
  const shown = legacyBootService.shownIn({ 'boot-parameters': [shared, twice, twice] });
  assert.match(wordsOf(shown.obstacleTo(wantedNode(1, 'new')) ?? ''), /by xname, number, or group/);
  assert.match(wordsOf(shown.obstacleTo(wantedNode(2, 'new')) ?? ''), /several entries/);
  assert.equal(shown.obstacleTo(wantedNode(3, 'new')), undefined);
});

test('of BSS an entry for the xname counts where nodes are kept by xname (etcd), and not where they are kept by MAC (SQL)', () => {
  const one = wantedNode(1, 'new');
  const byName = { hosts: [one.xname], ...configNamed('new') };
  const byMac = { macs: [macOf(2)], ...configNamed('old') };
  assert.equal(bss.shownIn([byName]).configOf(one)?.params, 'new');
  assert.equal(bss.shownIn([byName, byMac]).configOf(one), undefined, 'a node is asked for by its MAC only');
  const stale = { hosts: [one.xname], ...configNamed('old') };
  assert.equal(bss.shownIn([stale, { macs: [macOf(1)], ...configNamed('new') }]).configOf(one)?.params, 'new');
});

test('an empty boot-service is recognised in each form that Go gives an empty list', () => {
  for (const empty of [[], null]) {
    assert.equal(bootService.recognises(empty), true);
    assert.equal(bootService.shownIn(empty).configOf(wantedNode(1, 'new')), undefined);
  }
  assert.equal(bootService.recognises({ 'boot-parameters': null }), false);
});

function isForNobody(spec: JsonObject): boolean {
  return [spec['macs'], spec['hosts']].every((list) => !Array.isArray(list) || list.length === 0);
}
