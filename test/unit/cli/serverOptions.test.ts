import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runCli } from '../../support/cli/runCli.ts';

const fingerprint = 'ab'.repeat(32);
const ofHosts = `*=${fingerprint}`;
const oim = ['--backend', 'oim'];

/** Every command that talks to a server or to BMCs, with what --pin takes. */
const commands: readonly (readonly [args: readonly string[], pin: string])[] = [
  [['plan'], fingerprint],
  [['status'], fingerprint],
  [['pipelines'], fingerprint],
  [['run', 'deploy'], ofHosts],
  [['run', 'restart'], ofHosts],
  [['run', 'all'], ofHosts],
  [['run', 'deploy', ...oim], fingerprint],
  [['run', 'restart', ...oim], fingerprint],
  [['run', 'validate', ...oim], fingerprint],
  [['run', 'all', ...oim], fingerprint],
];

suite('options have the same names in every command', () => {
  for (const [args, pin] of commands) {
    const command = args.join(' ');
    for (const [given, isKnown] of [
      [['--ca', 'ca.pem'], true],
      [['--pin', pin], true],
      [['--json'], true],
      [['--ca-cert', 'ca.pem'], false],
      [['--fingerprint', pin], false],
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

  for (const args of [
    ['run', 'validate'],
    ['run', 'verify'],
    ['failed', 'list'],
    ...commands.map(([names]) => names),
  ]) {
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
