import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { commands as known } from '@omnia-buildstream/cli/commands';
import { parsePins } from '@omnia-buildstream/cli/optionValues';
import { runCli } from '../../support/cli/runCli.ts';

const fingerprint = 'ab'.repeat(32);
const ofHosts = `*=${fingerprint}`;
const oim = ['--backend', 'oim'];

/** Every command that talks to a server or to BMCs. */
const commands: readonly (readonly string[])[] = [
  ['plan'],
  ['status'],
  ['pipelines'],
  ['run', 'deploy'],
  ['run', 'restart'],
  ['run', 'all'],
  ['run', 'deploy', ...oim],
  ['run', 'restart', ...oim],
  ['run', 'validate', ...oim],
  ['run', 'all', ...oim],
];

suite('options have the same names in every command', () => {
  for (const args of commands) {
    const command = args.join(' ');
    for (const [given, isKnown] of [
      [['--ca', 'ca.pem'], true],
      [['--pin', fingerprint, '--pin', ofHosts], true],
      [['--json'], true],
      [['--ca-cert', 'ca.pem'], false],
      [['--fingerprint', fingerprint], false],
      [['--token', 'x'], false],
      [['--password', 'x'], false],
    ] as const) {
      test(`${command} ${isKnown ? 'takes' : 'refuses'} ${given[0]}`, async () => {
        const { code, stderr } = await runCli([...args, ...given, '--help']);
        assert.equal(code, isKnown ? 0 : 2, stderr);
        if (!isKnown) assert.match(stderr, new RegExp(`There is no option "${given[0]}"`));
      });
    }
  }

  for (const args of [['run', 'validate'], ['run', 'verify'], ['failed', 'list'], ...commands]) {
    test(`${args.join(' ')} --json is for programs`, async () => {
      const { code, stderr } = await runCli([...args, '--json', '--help']);
      assert.equal(code, 0, stderr);
    });
  }

  for (const format of ['json', 'ndjson', 'xml']) {
    test(`status and run tell which formats they take when they are given ${format}`, async () => {
      const [status, restart] = await Promise.all([
        runCli(['status', '--format', format], { cwd: import.meta.dirname }),
        runCli(['run', 'restart', '--format', format], { cwd: import.meta.dirname }),
      ]);
      assert.equal(status.stderr.includes('--format takes text or json.'), format !== 'json');
      assert.equal(restart.stderr.includes('--format takes text or ndjson.'), format !== 'ndjson');
    });
  }
});

/**
 * The arguments with which each command is tested. Undefined if it writes files, or text that programs do not read as
 * is.
 */
const telling: Readonly<Record<string, readonly string[] | undefined>> = {
  validate: ['validate'],
  convert: undefined,
  import: undefined,
  plan: ['plan'],
  diff: ['diff'],
  failed: ['failed', 'list'],
  run: ['run', 'restart'],
  status: ['status'],
  history: ['history'],
  hardware: ['hardware', 'pxe_mapping_file.csv'],
  bmc: ['bmc', 'clear-jobs'],
  lsp: undefined,
  mcp: undefined,
  lab: undefined,
  pipelines: ['pipelines', 'list'],
  explain: ['explain'],
  completion: undefined,
  man: undefined,
  version: ['version'],
};

suite('every command', () => {
  test('is in the table', () => {
    assert.deepEqual(Object.keys(telling).sort(), [...known.keys()].sort());
  });

  for (const [name, args = [name]] of Object.entries(telling)) {
    test(`${name} takes --no-color`, async () => {
      const { code, stderr } = await runCli([...args, '--no-color', '--help']);
      assert.equal(code, 0, stderr);
    });
  }

  for (const [name, args] of Object.entries(telling)) {
    if (args === undefined) continue;
    test(`${name} takes --json and --format of the same, and tells so`, async () => {
      const format = name === 'run' ? 'ndjson' : 'json';
      const [asJson, asFormat, wrong] = await Promise.all([
        runCli([...args, '--json', '--help']),
        runCli([...args, '--format', format, '--help']),
        runCli([...args, '--format', 'yaml']),
      ]);
      assert.deepEqual([asJson.code, asFormat.code], [0, 0], asJson.stderr + asFormat.stderr);
      assert.match(asFormat.stdout, /--json/);
      assert.match(asFormat.stdout, /--format/);
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, /--format/);
    });
  }
});

suite('--pin', () => {
  const spelt = [
    fingerprint,
    fingerprint.toUpperCase(),
    `sha256=${fingerprint}`,
    `SHA256:${fingerprint}`,
    'ab:'.repeat(31) + 'ab',
  ];
  for (const value of spelt) {
    test(`takes ${value} for all hosts, and for those that are named`, () => {
      assert.deepEqual(parsePins([value, `10.3.0.*=${value}`]), [
        { hosts: '*', value },
        { hosts: '10.3.0.*', value },
      ]);
    });
  }

  for (const text of ['', 'ab:cd', `=${fingerprint}`, `x=${fingerprint}00`, `x=y=${fingerprint}`, 'g'.repeat(64)]) {
    test(`refuses "${text}"`, () => {
      assert.throws(() => parsePins([text]), /--pin takes a SHA-256 fingerprint/);
    });
  }
});
