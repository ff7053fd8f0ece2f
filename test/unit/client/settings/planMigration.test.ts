import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../../support/properties/fastCheck.ts';
import { readSite } from '@omnia-buildstream/core/site/readSite';
import {
  movedSettings,
  movedValue,
  places,
  type Inspected,
  type Place,
} from '@omnia-buildstream/client/settings/movedSettings';
import { oldNames, planMigration, siteText, type Migration } from '@omnia-buildstream/client/settings/planMigration';
import { readTrust, trustedOn } from '@omnia-buildstream/client/settings/trust';

type Store = Readonly<Record<string, Readonly<Partial<Record<Place, unknown>>>>>;

const inspectIn =
  (store: Store) =>
  (name: string): Inspected | undefined =>
    store[name];
const none = { api: undefined, bmcs: [] };

/** The settings after VS Code has carried out a plan. */
function carriedOut(store: Store, plan: readonly Migration[]): Store {
  return plan.reduce<Store>((before, { place, now, value, old }) => {
    const after = { ...before, [now]: { ...before[now], [place]: value } };
    return old.reduce<Store>((rest, name) => ({ ...rest, [name]: { ...rest[name], [place]: undefined } }), after);
  }, store);
}

const stores: fc.Arbitrary<Store> = fc
  .array(
    fc.record({
      moved: fc.constantFrom(...movedSettings),
      place: fc.constantFrom(...places),
      isNew: fc.boolean(),
      value: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()),
    }),
  )
  .map((entries) =>
    entries.reduce<Store>((store, { moved, place, isNew, value }) => {
      if (!isNew) return { ...store, [moved.old]: { ...store[moved.old], [place]: value } };
      const object = { ...(store[moved.now]?.[place] as object | undefined), [moved.key]: value };
      return { ...store, [moved.now]: { ...store[moved.now], [place]: object } };
    }, {}),
  );

suite('migrating old settings', () => {
  test('changes no value of any, leaves no old name, and has nothing to do a second time', () => {
    fc.assert(
      fc.property(stores, (store) => {
        const after = carriedOut(store, planMigration(inspectIn(store), none));
        for (const moved of movedSettings) {
          const value = (from: Store): unknown => movedValue(moved, from[moved.now], from[moved.old]);
          assert.deepEqual(value(after), value(store));
        }
        assert.deepEqual(oldNames(inspectIn(after)), []);
        assert.deepEqual(planMigration(inspectIn(after), none), []);
      }),
    );
  });

  const pins = (digits: string): string => digits.repeat(64);
  const old: Store = {
    'gitlab.servers': {
      globalValue: {
        'https://gitlab.example.com/': { caFile: '/gitlab.pem' },
        'https://10.5.0.1:8443': { caFile: '/other.pem', fingerprint: pins('a') },
      },
    },
    'engine.bmcPins': { globalValue: { '10.6.0.5': pins('b') } },
    'engine.caFile': { globalValue: '/bmcs.pem' },
    'api.caFile': { globalValue: '/api.pem' },
    'api.fingerprint': { globalValue: pins('c') },
  };

  test('makes one map of everything that was trusted, and trusts it where it was', () => {
    const known = { api: new URL('https://10.5.0.1'), bmcs: ['10.6.*'] };
    const after = carriedOut(old, planMigration(inspectIn(old), known));
    assert.deepEqual(oldNames(inspectIn(after)), []);
    const map = readTrust(after['trust']?.globalValue);
    const rules = map.kind === 'rules' ? map.rules : assert.fail(map.host);
    const named = (host: string, port = 443): string | undefined => {
      const found = trustedOn(rules, host, port);
      return found?.kind === 'pin' ? found.fingerprint : found?.file;
    };
    assert.equal(named('gitlab.example.com'), '/gitlab.pem');
    assert.equal(named('10.5.0.1', 8443), `sha256:${pins('a')}`);
    assert.equal(named('10.5.0.1'), `sha256:${pins('c')}`);
    assert.equal(named('10.6.0.5'), `sha256:${pins('b')}`);
    assert.equal(named('10.6.0.6'), '/bmcs.pem');
    assert.equal(named('10.7.0.6'), undefined);
  });

  test('leaves what nobody can say a host for', () => {
    const after = carriedOut(old, planMigration(inspectIn(old), none));
    assert.deepEqual(oldNames(inspectIn(after)), ['engine.caFile', 'api.caFile', 'api.fingerprint']);
  });

  test('does not take trust from a folder', () => {
    const folder: Store = { 'engine.caFile': { workspaceValue: '/evil.pem' } };
    assert.deepEqual(planMigration(inspectIn(folder), { api: undefined, bmcs: ['*'] }), []);
  });

  test('shows what a site has in common as its file has it', () => {
    const store: Store = { 'engine.canary': { globalValue: '4' }, 'engine.ports': { workspaceValue: { ssh: 2222 } } };
    assert.equal(siteText(inspectIn(store)), 'canary: "4"\nports: {"ssh":2222}\n');
    assert.deepEqual(readSite(siteText(inspectIn(store))).problems, []);
    assert.equal(siteText(inspectIn({})), '');
  });

  test('keeps what the map says already', () => {
    const store: Store = { ...old, trust: { globalValue: { '10.6.0.5': '/new.pem' } } };
    const after = carriedOut(store, planMigration(inspectIn(store), none));
    const map = after['trust']?.globalValue as Readonly<Record<string, unknown>> | undefined;
    assert.equal(map?.['10.6.0.5'], '/new.pem');
  });
});
