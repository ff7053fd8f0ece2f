import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { movedSettings, places } from '@omnia-buildstream/client/settings/movedSettings';
import {
  oldNames,
  oldTrust,
  planMigration,
  siteKeys,
  siteText,
} from '@omnia-buildstream/client/settings/planMigration';
import { userOnlySettings } from '@omnia-buildstream/client/stages/settings/readStageSettings';
import { readSite } from '@omnia-buildstream/core/site/readSite';
import { siteKey, siteKeyNames } from '@omnia-buildstream/core/site/siteKeys';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import { manifestWithRules } from '../../../scripts/rulesManifest.mjs';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}
interface Setting extends Schema {
  readonly scope?: string;
  readonly markdownDeprecationMessage?: string;
}
interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly configuration: readonly {
      readonly title: string;
      readonly properties: Readonly<Record<string, Setting>>;
    }[];
  };
}

const root = path.resolve(import.meta.dirname, '../../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const page = readFileSync(path.join(root, 'docs/settings.md'), 'utf8');
const { capabilities, contributes } = JSON.parse(manifestText) as Manifest;
const all = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
const old = all.filter(([, { markdownDeprecationMessage }]) => markdownDeprecationMessage !== undefined);
const live = all.filter((entry) => !old.includes(entry));
const titles = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const nameOf = ([name]: (typeof all)[0]): string => name.replace(/^buildstream\./, '');

test('the setting buildstream.rules lists every rule; otherwise: npm run manifest', () => {
  assert.equal(manifestText.replaceAll('\r\n', '\n'), manifestWithRules(manifestText));
});

test('docs/settings.md has a section for every setting, and names what became of the old ones', () => {
  const described = [...page.matchAll(/^## `buildstream\.([\w.]+)`$/gm)].map(([, name]) => name);
  assert.deepEqual(described.sort(), live.map(nameOf).sort());
  for (const name of old.map(nameOf)) assert.ok(page.includes(`| \`buildstream.${name}\``), name);
});

test('there are at most 25 settings, in sections', () => {
  assert.ok(live.length <= 25, String(live.length));
  assert.equal(new Set(contributes.configuration.map(({ title }) => title)).size, contributes.configuration.length);
  assert.ok(contributes.configuration.length >= 5);
});

test('each setting can be edited in the Settings editor', () => {
  const simple = ['string', 'boolean', 'integer', 'number'];
  const isSimple = (schema: Schema | boolean | undefined): boolean =>
    schema === undefined || schema === false || (schema !== true && simple.includes(schema.type ?? ''));
  const isEditable = ({ type, items, properties = {}, additionalProperties }: Schema): boolean => {
    if (type === 'array') return items?.type === 'string';
    if (type !== 'object') return simple.includes(type ?? '');
    return isSimple(additionalProperties) && Object.values(properties).every(isSimple);
  };
  assert.deepEqual(live.filter(([, setting]) => !isEditable(setting)).map(nameOf), []);
});

const ofSite = siteKeys.map((key) => `engine.${key}`);

/** The original scope of each old setting: a folder that could not set it must not be able to now. */
const scopeOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(oldTrust.map((name) => [name, 'machine'])),
  ...Object.fromEntries(ofSite.map((name) => [name, 'machine-overridable'])),
  'engine.lasting': 'machine-overridable',
  'engine.boot': 'machine-overridable',
  'engine.bootNic': 'machine-overridable',
  'engine.restart': 'machine-overridable',
  'engine.identity': 'machine-overridable',
  'engine.stagger': 'machine-overridable',
  'engine.inFlight': 'machine-overridable',
  'engine.maxFailed': 'machine-overridable',
  'engine.maxUnreachable': 'machine-overridable',
  'engine.hostsFile': 'machine-overridable',
  'engine.resolver': 'machine-overridable',
  'engine.slurm': 'machine',
  'engine.kubectl': 'machine',
  'engine.drain': 'machine',
  'engine.waitForJobs': 'machine',
  'engine.resume': 'machine',
  'engine.sshKey': 'machine',
  'engine.sshUser': 'machine',
  'engine.moleculeFolder': 'machine',
  'engine.moleculeReport': 'machine',
};

test('the old settings are those that have moved, each with its scope as it was', () => {
  assert.deepEqual(old.map(nameOf).sort(), [...movedSettings.map((moved) => moved.old), ...oldTrust, ...ofSite].sort());
  assert.deepEqual(Object.fromEntries(old.map((entry) => [nameOf(entry), entry[1].scope])), scopeOf);
  const scopes = new Map(all.map((entry) => [nameOf(entry), entry[1].scope]));
  for (const moved of movedSettings) assert.equal(scopes.get(moved.old), scopes.get(moved.now), moved.old);
});

test('what was a value of an old setting is one where it stands now, and nothing else is', () => {
  const schemas = new Map<string, Setting>(all.map((entry) => [nameOf(entry), entry[1]]));
  const valuesOf = ({ type, enum: names, pattern, minimum, maximum }: Schema = {}) => ({
    type,
    names,
    pattern,
    minimum,
    maximum,
  });
  for (const moved of movedSettings) {
    const now = schemas.get(moved.now)?.properties?.[moved.key];
    assert.ok(now, moved.old);
    assert.deepEqual(valuesOf(now), valuesOf(schemas.get(moved.old)), moved.old);
  }
});

/** A value for each old trust setting. */
const trusted: Readonly<Record<(typeof oldTrust)[number], unknown>> = {
  'gitlab.servers': { 'https://gitlab.example.com': { fingerprint: 'ab'.repeat(32) } },
  'engine.caFile': '/etc/site.pem',
  'engine.bmcPins': { '10.6.0.1': 'cd'.repeat(32) },
  'api.caFile': '/etc/api.pem',
  'api.fingerprint': 'ef'.repeat(32),
};
const known = { api: new URL('https://oim.example.com'), bmcs: ['10.6.*'] };

for (const entry of old) {
  const name = nameOf(entry);
  test(`the old setting ${name} is migrated by the table, and leads there by itself`, () => {
    // Readers of the setting in the Settings editor find the button.
    const text = titles[(entry[1].markdownDeprecationMessage ?? '').replaceAll('%', '')] ?? '';
    assert.match(text, /\(command:buildstream\.migrateSettings\)/);
    const value = name in trusted ? Object.entries(trusted).find(([one]) => one === name)?.[1] : sampleOf(entry);
    const inspect = (asked: string) => (asked === name ? { globalValue: value } : undefined);
    if (ofSite.includes(name)) {
      const { problems, entries } = readSite(siteText(inspect));
      assert.deepEqual([problems, [...entries.keys()]], [[], [name.replace('engine.', '')]]);
      return;
    }
    assert.deepEqual(oldNames(inspect), [name]);
    const [plan, ...others] = planMigration(inspect, known);
    assert.ok(plan);
    assert.deepEqual([plan.old, plan.place, others], [[name], places.at(-1), []]);
    const moved = movedSettings.find((one) => one.old === name);
    assert.equal(plan.now, moved?.now ?? 'trust');
    if (moved !== undefined) assert.deepEqual(plan.value, { [moved.key]: value });
    else assert.equal(Object.keys(plan.value).length, 1);
  });
}

/** A valid value of a setting that is not its default. */
function sampleOf([name, { type, enum: names }]: (typeof all)[0]): unknown {
  const key = siteKeys.find((one) => name === `buildstream.engine.${one}`);
  if (key !== undefined) return siteValues(readSite(`${key}: ${siteKey(key).example}\n`), '')(key);
  if (names !== undefined) return names.at(-1);
  return { boolean: true, integer: 7 }[type ?? ''] ?? '5';
}

test('what a site has in common is a key of buildstream.yml', () => {
  const known: readonly string[] = siteKeyNames;
  assert.deepEqual(
    siteKeys.filter((key) => !known.includes(key)),
    [],
  );
});

test('a setting that is a map offers the names that buildstream.yml knows', () => {
  const schemas = new Map<string, Setting>(all.map((entry) => [nameOf(entry), entry[1]]));
  for (const name of siteKeyNames) {
    const { setting, shape } = siteKey(name);
    if (shape.kind !== 'map') continue;
    assert.deepEqual(Object.keys(schemas.get(setting)?.properties ?? {}).sort(), [...shape.names].sort(), setting);
  }
});

test('no folder sets whom to trust, where secrets go, or which program runs', () => {
  const machine = new Set(all.filter(([, { scope }]) => scope === 'machine').map(nameOf));
  const nowOf = (name: string): string => movedSettings.find((moved) => moved.old === name)?.now ?? name;
  const must = [...userOnlySettings, ...[...userOnlySettings].map(nowOf), ...oldTrust, 'trust'];
  assert.deepEqual(
    must.filter((name) => !machine.has(name)),
    [],
  );
});

test('what a folder may set of servers and stages is ignored while it is not trusted', () => {
  const restricted = new Set(capabilities.untrustedWorkspaces.restrictedConfigurations);
  const open = all.filter(([name, { scope }]) => scope === 'machine-overridable' && !restricted.has(name)).map(nameOf);
  assert.deepEqual(open, []);
});
