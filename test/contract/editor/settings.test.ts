import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { movedSettings } from '@omnia-buildstream/client/settings/movedSettings';
import { oldTrust, siteKeys } from '@omnia-buildstream/client/settings/planMigration';
import { userOnlySettings } from '@omnia-buildstream/client/stages/settings/readStageSettings';
import { siteKeyNames } from '@omnia-buildstream/core/site/siteKeys';
import { manifestWithRules } from '../../../scripts/rulesManifest.mjs';

interface Schema {
  readonly type?: string;
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

test('the old settings are those that have moved, each with its scope as it was', () => {
  assert.deepEqual(old.map(nameOf).sort(), [...movedSettings.map((moved) => moved.old), ...oldTrust, ...ofSite].sort());
  const scopes = new Map(all.map((entry) => [nameOf(entry), entry[1].scope]));
  for (const moved of movedSettings) assert.equal(scopes.get(moved.old), scopes.get(moved.now), moved.old);
});

test('what a site has in common is a key of buildstream.yml', () => {
  const known: readonly string[] = siteKeyNames;
  assert.deepEqual(
    siteKeys.filter((key) => !known.includes(key)),
    [],
  );
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
