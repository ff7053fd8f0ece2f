import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parseAllOptions } from '@omnia-buildstream/cli/run/all/options';
import { parseRunOptions, restartOptions } from '@omnia-buildstream/cli/run/restart/options';
import { withSiteDefaults } from '@omnia-buildstream/cli/validate/siteDefaults';
import { parseOptions } from '@omnia-buildstream/cli/validate/options';
import { siteOptions } from '@omnia-buildstream/cli/site/siteOptions';
import { withLimits } from '@omnia-buildstream/cli/site/layers';
import { readEngineSettings } from '@omnia-buildstream/client/stages/settings/readEngineSettings';
import { userOnlySettings } from '@omnia-buildstream/client/stages/settings/readStageSettings';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';
import { readSite } from '@omnia-buildstream/core/site/readSite';
import { settle, type LayerValues } from '@omnia-buildstream/core/site/settle';
import {
  isSiteKey,
  limitNames,
  neverInSite,
  siteKey,
  siteKeyNames,
  type SiteKeyName,
} from '@omnia-buildstream/core/site/siteKeys';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import { restartLimits, validateLimits } from '@omnia-buildstream/runner/limitNames';
import { readSettings } from '@omnia-buildstream/server/settings';
import { withSite } from '@omnia-buildstream/server/site/siteSettings';

import { siteSchema } from '../../scripts/schemas/siteSchema.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** A value of a key, in each notation. */
interface Sample {
  readonly yml: string;
  readonly options: readonly string[];
  readonly setting: unknown;
}

/** The keys by which `validate` and the language server check files; the others belong to the stages. */
const judging = ['omniaVersion', 'rules', 'omniaShare'] as const;

const samples: Readonly<Record<SiteKeyName, Sample>> = {
  omniaVersion: { yml: '2.1', options: ['--omnia', '2.1'], setting: '2.1' },
  rules: { yml: '{ bad-mac: off }', options: ['--severity', 'bad-mac=off'], setting: { 'bad-mac': 'off' } },
  omniaShare: { yml: 'local', options: ['--omnia-share', 'local'], setting: 'local' },
  images: { yml: 'lists/images.json', options: ['--images', 'lists/images.json'], setting: 'lists/images.json' },
  imageUrls: {
    yml: '{ kernel: "https://i/{image}/{bucket}/k", initrd: "https://i/{image}/r", params: quiet }',
    options: [
      '--kernel-url',
      'https://i/{image}/{bucket}/k',
      '--initrd-url',
      'https://i/{image}/r',
      '--kernel-params',
      'quiet',
    ],
    setting: { kernel: 'https://i/{image}/{bucket}/k', initrd: 'https://i/{image}/r', params: 'quiet' },
  },
  provision: {
    yml: 'openchami:https://10.5.0.1:8443',
    options: ['--provision', 'openchami:https://10.5.0.1:8443'],
    setting: 'openchami:https://10.5.0.1:8443',
  },
  concurrency: { yml: '7', options: ['--concurrency', '7'], setting: 7 },
  stagger: { yml: '50:30', options: ['--stagger', '50:30'], setting: '50:30' },
  lasting: { yml: 'continuous', options: ['--continuous'], setting: 'continuous' },
  boot: { yml: 'uefi-http', options: ['--boot', 'uefi-http'], setting: 'uefi-http' },
  bootNic: { yml: 'true', options: ['--boot-nic'], setting: true },
  restart: { yml: 'graceful', options: ['--graceful'], setting: 'graceful' },
  canary: { yml: '4', options: ['--canary', '4'], setting: '4' },
  inFlight: { yml: '200', options: ['--in-flight', '200'], setting: 200 },
  maxFailed: { yml: '5%', options: ['--max-failed', '5%'], setting: '5%' },
  maxUnreachable: { yml: '10', options: ['--max-unreachable', '10'], setting: '10' },
  protectedNodes: {
    yml: '[nfs-01, "gw-*"]',
    options: ['--protect', 'nfs-01', '--protect', 'gw-*'],
    setting: ['nfs-01', 'gw-*'],
  },
  report: {
    yml: 'phone-home:10.5.0.1:8080',
    options: ['--report', 'phone-home:10.5.0.1:8080'],
    setting: 'phone-home:10.5.0.1:8080',
  },
  limits: {
    yml: '{ report: 1800, check: 2.5 }',
    options: ['--limit', 'report=1800', '--limit', 'check=2.5'],
    setting: { report: 1800, check: 2.5 },
  },
  ports: { yml: '{ ssh: 2222 }', options: ['--port', 'ssh=2222'], setting: { ssh: 2222 } },
  nfsHosts: {
    yml: '[10.5.0.40, nfs-02]',
    options: ['--nfs', '10.5.0.40', '--nfs', 'nfs-02'],
    setting: ['10.5.0.40', 'nfs-02'],
  },
  hostsFile: { yml: 'etc/hosts', options: ['--hosts', 'etc/hosts'], setting: 'etc/hosts' },
  resolver: { yml: '10.5.0.1', options: ['--resolver', '10.5.0.1'], setting: '10.5.0.1' },
};

const of = (name: SiteKeyName): LayerValues => siteValues(readSite(`${name}: ${samples[name].yml}\n`), '');
const found = (name: SiteKeyName) => ({
  place: '/p/buildstream.yml',
  file: 'buildstream.yml',
  text: `${name}: ${samples[name].yml}\n`,
});
const isJudging = (name: SiteKeyName): boolean => (judging as readonly string[]).includes(name);
const stageKeys = siteKeyNames.filter((name) => !isJudging(name));

/** A stage's settings in the editor, combined as in client/src/stages/settings. */
function inEditor(layers: { readonly site?: LayerValues; readonly settings?: LayerValues }): unknown {
  const settled = settle(layers);
  const bySetting = new Map(siteKeyNames.map((name) => [siteKey(name).setting, settled.get(name)?.value]));
  return readEngineSettings((setting) => bySetting.get(setting));
}

/** The arguments of each command line call in a template, with the template's own variables substituted. */
function callsIn(template: string): string[][] {
  const { root: jobs } = parseYaml(readFileSync(path.join(root, 'docs/ci', template), 'utf8'));
  const all = jobs?.keys().flatMap(({ value }) => jobs.get(value) ?? []) ?? [];
  const variables: Record<string, string> = {};
  for (const job of all) {
    const own = job.get('variables');
    for (const { value } of own?.keys() ?? []) variables[value] = own?.get(value)?.text ?? '';
  }
  return all
    .flatMap((job) => job.get('script')?.items() ?? [])
    .map((line) => line.text ?? '')
    .flatMap((line) => /node "\$BUILDSTREAM_CLI" (.*)/s.exec(line)?.[1] ?? [])
    .map((call) =>
      call
        .replace(/(?:\|\||>).*/s, '')
        .replaceAll(/\$(\w+)/g, (_, name: string) => (name === 'IMAGE_GROUP' ? 'G' : (variables[name] ?? '1')))
        .replaceAll('"', '')
        .split(/\s+/)
        .filter((word) => word !== ''),
    );
}

suite('each key of buildstream.yml counts alike', () => {
  for (const name of stageKeys) {
    test(`${name}: on the command line as its option, in the editor as its setting, and in the template for CI`, () => {
      const { options, setting } = samples[name];
      assert.deepEqual(parseAllOptions([], { values: of(name) }), parseAllOptions(options), 'run all');
      assert.notDeepEqual(parseAllOptions(options), parseAllOptions([]), 'the sample is no default');
      assert.deepEqual(
        inEditor({ site: of(name) }),
        inEditor({ settings: (key) => (key === name ? setting : undefined) }),
      );
      const ofRestart = optionsOfRestart(name, options);
      if (ofRestart === undefined) return;
      const calls = callsIn('restart.gitlab-ci.yml').filter(([, stage]) => stage === 'restart');
      assert.equal(calls.length, 2, 'the template plans, then runs');
      const values = withLimits(of(name), Object.keys(restartLimits));
      for (const [, , ...call] of calls) {
        assert.deepEqual(parseRunOptions(call, { values }), parseRunOptions([...call, ...ofRestart]));
      }
    });
  }

  for (const name of judging) {
    test(`${name}: for files that are checked, by the command line, the editor, and the template for CI`, () => {
      const { options, setting } = samples[name];
      const { judged } = parseOptions(['a.csv', ...options]);
      const io = { cwd: '/p' } as Parameters<typeof withSiteDefaults>[2];
      assert.deepEqual(withSiteDefaults(found(name), parseOptions(['a.csv']).judged, io), judged);
      const nested = siteKey(name)
        .setting.split('.')
        .reduceRight<unknown>((value, key) => ({ [key]: value }), setting);
      const { versionFrom: _, ...bySite } = withSite(readSettings({}), readSite(found(name).text));
      const { versionFrom: __, ...bySetting } = readSettings(nested);
      assert.deepEqual(bySite, bySetting);
      const [call = []] = callsIn('validate.gitlab-ci.yml').filter(([command]) => command === 'validate');
      assert.deepEqual(withSiteDefaults(found(name), parseOptions(call.slice(1)).judged, io), judged);
    });
  }
});

/** The options of `run restart`, without the limits that only tests have. Undefined if it has no such option. */
function optionsOfRestart(name: SiteKeyName, options: readonly string[]): readonly string[] | undefined {
  const [option = ''] = siteOptions[name]?.names ?? [];
  if (!Object.hasOwn(restartOptions, option)) return undefined;
  return name === 'limits' ? ['--limit', 'report=1800'] : options;
}

/** Invalid values for each key: of another type, and malformed where the type is text. */
const wrong: Readonly<Record<SiteKeyName, readonly string[]>> = {
  omniaVersion: ['9.9', '[2.2]'],
  rules: ['error', '{ bad-mac: loud }', '{ no-such: off }'],
  omniaShare: ['smb', '{}'],
  images: ['[a]', '{}'],
  imageUrls: ['x', '{ kernel: a }', '{ kernel: "{nobody}", initrd: a }'],
  provision: ['ftp://x', '[a]'],
  concurrency: ['many', '0', '1.5'],
  stagger: ['5', '[5]'],
  lasting: ['forever', 'true'],
  boot: ['floppy', '{}'],
  bootNic: ['1', 'maybe'],
  restart: ['never', 'false'],
  canary: ['-1', '4.5', '[4]'],
  inFlight: ['x', '-1'],
  maxFailed: ['200%', 'lots'],
  maxUnreachable: ['lots', '[1]'],
  protectedNodes: ['nfs-01', '[{ a: b }]'],
  report: ['carrier', '[tcp:22]'],
  limits: ['5', '{ report: -4 }', '{ nobody: 4 }'],
  ports: ['22', '{ ssh: 99999 }', '{ nobody: 4 }'],
  nfsHosts: ['10.5.0.40', '["-oProxyCommand=x"]'],
  hostsFile: ['{}', '[hosts]'],
  resolver: ['a b', 'ns.example.com', '[10.5.0.1]'],
};

for (const name of siteKeyNames) {
  test(`${name} refuses what is no value of it, in its line`, () => {
    for (const value of wrong[name]) {
      const { problems } = readSite(`# site\n${name}: ${value}\n`);
      assert.deepEqual(
        problems.map(({ range }) => range.start.line),
        [1],
        value,
      );
    }
  });
}

test('every key has a setting of the editor, every example can be used, and no key is of trust, secrets or programs', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly contributes: {
      readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
    };
  };
  for (const name of siteKeyNames) {
    const { setting, example } = siteKey(name);
    assert.ok(
      contributes.configuration.some(({ properties }) => `buildstream.${setting}` in properties),
      name,
    );
    assert.deepEqual(readSite(`${name}: ${example}\n`).problems, [], name);
    assert.ok(!userOnlySettings.has(setting), `${name} is a setting that only the user may set`);
  }
  assert.deepEqual(neverInSite.filter(isSiteKey), []);
  for (const setting of userOnlySettings) assert.ok(neverInSite.includes(setting.replace('engine.', '')), setting);
});

test('the limits of buildstream.yml are those of the stages', () => {
  assert.deepEqual([...limitNames].sort(), [...Object.keys(restartLimits), ...Object.keys(validateLimits)].sort());
});

test('the schema of buildstream.yml is that of the keys (npm run schemas)', () => {
  const file = path.join(root, 'schemas/buildstream.schema.json');
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(siteSchema()));
});

test('docs/site-file.md lists every key, and no others', () => {
  const page = readFileSync(path.join(root, 'docs/site-file.md'), 'utf8');
  const described = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
  assert.deepEqual(described, siteKeyNames);
});
