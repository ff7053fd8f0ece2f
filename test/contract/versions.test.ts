import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { suite, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const table = '/core/src/mapping/versions.ts';
const last = '  next: { ...v23, dualStack: true },\n';

/** The table of versions with one more entry. Everything loaded below sees this version of the table. */
registerHooks({
  load(url, context, next) {
    if (!url.endsWith(table)) return next(url, context);
    const text = readFileSync(new URL(url), 'utf8');
    assert.ok(text.includes(last), 'the table of versions ends otherwise');
    const source = text.replace(last, `${last}  '9.9': { ...v23, dualStack: true, readsComments: false },\n`);
    return { format: 'module-typescript', shortCircuit: true, source };
  },
});

const { isOmniaVersion, levels, omniaVersions, traitsOf } = await import('@omnia-buildstream/core/mapping/versions');
const { columnsOf, dualStackHeader, headersOf } = await import('@omnia-buildstream/core/mapping/columns');
const { mappingRules } = await import('@omnia-buildstream/core/rules/registry');
const { runCli } = await import('../support/cli/runCli.ts');

const added = omniaVersions.at(-1) ?? 'next';

suite('a new Omnia version is one entry of the table', () => {
  test('it is known, and the newest', () => {
    assert.equal(added, '9.9');
    assert.ok(isOmniaVersion('9.9'));
    assert.ok(!isOmniaVersion('toString'));
  });

  test('traits and columns follow from it', () => {
    assert.equal(traitsOf(added).readsComments, false);
    assert.equal(headersOf(added)[0], dualStackHeader);
    assert.ok(columnsOf(added).has('IB_IPV6'));
  });

  test('every rule has the level of the version before', () => {
    assert.equal(levels({ '2.1': 'warning', '2.3': 'error' })[added], 'error');
    for (const rule of mappingRules) assert.equal(rule.levels[added], rule.levels.next, rule.code);
  });

  const helps = [
    ['validate'],
    ['plan'],
    ['status'],
    ['run', 'deploy'],
    ['run', 'restart'],
    ['run', 'validate'],
    ['run', 'verify'],
    ['run', 'restart', '--backend', 'oim'],
  ];
  for (const words of helps) {
    test(`${words.join(' ')} --help names it`, async () => {
      const { stdout } = await runCli([...words, '--help']);
      assert.match(stdout, /--omnia VERSION +2\.1, 2\.2, 2\.3, 2\.3os, next or 9\.9;/);
    });
  }

  test('the command line takes it', async () => {
    const header = `${dualStackHeader.join(',')}\n`;
    const { code, stderr } = await runCli(['validate', '-', '--omnia', '9.9'], { stdin: header });
    assert.notEqual(code, 2, stderr);
  });
});

test('nothing else asks for a version by its name or has a table of all of them', () => {
  const branches =
    /\b(?:version|omnia)\w* ?[!=]== ?'(?:\d|next)|\bcase '(?:2\.\d(?:os)?|next)'|isClassic|\bRecord<OmniaVersion/;
  const found = globSync(['{client,server}/src/**/*.ts', 'packages/*/src/**/*.ts'], { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith(table) && branches.test(readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(found, []);
  assert.match("if (version === '2.1') x", branches);
});

test('the setting offers auto and every version of the table', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const list = /"buildstream\.omniaVersion": \{\s+"type": "string",\s+"enum": \[([^\]]*)\]/.exec(manifest)?.[1] ?? '';
  assert.deepEqual(JSON.parse(`[${list}]`), ['auto', ...omniaVersions.filter((version) => version !== added)]);
});
