/** One catalog of findings, and one table of error texts for each front end: no other list exists. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { ruleCatalog } from '@omnia-buildstream/client/commands/ruleCatalog';
import { saidOf } from '@omnia-buildstream/cli/errorWords';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import { StateError } from '@omnia-buildstream/engine/ports/stateError';
import { OimError } from '@omnia-buildstream/oim/oimError';
import { runCli } from '../support/cli/runCli.ts';
import '../support/vscode/playedVscode.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { errorText } = await import('@omnia-buildstream/client/errors/errorWords');

const codes = catalog.map(({ code }) => code);

suite('the catalogue of findings is read', () => {
  test('by the picker of severities, over the manifest', () => {
    const packageJSON: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const context = { extension: { packageJSON } } as unknown as Parameters<typeof ruleCatalog>[0];
    assert.deepEqual(
      ruleCatalog(context).map(({ code }) => code),
      codes,
    );
  });

  test('by --severity, which takes every code and no other', async () => {
    const all = codes.flatMap((code) => ['--severity', `${code}=info`]);
    const taken = await runCli(['validate', '-', ...all], { stdin: '' });
    assert.doesNotMatch(taken.stderr, /severity/i);
    const other = await runCli(['validate', '-', '--severity', 'no-such-rule=info'], { stdin: '' });
    assert.equal(other.code, 2);
    assert.match(other.stderr, /no-such-rule/);
  });

  test('by reports: each rule of a SARIF file is in it, with its page', async () => {
    const stdin = 'GROUP_NAME,HOSTNAME,HOSTNAME\n x,,\n# note\n';
    const { stdout } = await runCli(['validate', '-', '--format', 'sarif'], { stdin });
    const { runs } = JSON.parse(stdout) as {
      runs: { tool: { driver: { rules: { id: string; help: { markdown: string } }[] } } }[];
    };
    const rules = runs.flatMap(({ tool }) => tool.driver.rules);
    assert.ok(rules.length > 2);
    for (const { id, help } of rules) {
      assert.ok(codes.includes(id), id);
      assert.ok(help.markdown.startsWith(`# ${id}\n`));
    }
  });
});

suite('an error that somebody expects is worded in the table of each front end', () => {
  for (const error of [
    refused('What was asked for is not done'),
    new StateError('locked', 'The state is in use'),
    new ProvisionError('refused', 'The folder is no folder of ours'),
    new OimError('refused', [phrase('The API refused it')]),
  ]) {
    test(error.name, () => {
      const [sentence = ''] = error.message.split('.');
      assert.ok(errorText(error)?.includes(sentence), 'the editor');
      assert.ok(saidOf(error)?.message.includes(sentence), 'the command line');
    });
  }

  test('an error that nobody expects is none of them', () => {
    const error = new TypeError('x is undefined');
    assert.deepEqual([errorText(error), saidOf(error)], [undefined, undefined]);
  });
});
