import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { currentNames } from '@omnia-buildstream/cli/arguments';
import { runCli } from '../../support/cli/runCli.ts';

const renamed = { 'ca-file': 'ca' };
const hint = '--ca-file is called --ca now; the old name still works.';

suite('earlier names of options', () => {
  for (const [title, given, expected, hints] of [
    ['with the value after it', ['list', '--ca-file', 'a.pem'], ['list', '--ca', 'a.pem'], [hint]],
    ['with the value in it', ['--ca-file=a=b\nc', 'list'], ['--ca=a=b\nc', 'list'], [hint]],
    ['twice, with one hint', ['--ca-file=a', '--ca-file=b'], ['--ca=a', '--ca=b'], [hint]],
    ['after the end of the options', ['--', '--ca-file'], ['--', '--ca-file'], []],
    ['none', ['--ca', 'a.pem', '--toString'], ['--ca', 'a.pem', '--toString'], []],
  ] as const) {
    test(title, () => {
      assert.deepEqual(currentNames(given, renamed), { names: [...expected], hints: [...hints] });
    });
  }

  test('go on to work, with a hint on standard error', async () => {
    const env = { BUILDSTREAM_GITLAB_URL: 'https://127.0.0.1:1', BUILDSTREAM_GITLAB_PROJECT: '1' };
    const [old, now] = await Promise.all(
      ['--ca-file', '--ca'].map((name) => runCli(['pipelines', 'list', name, 'none.pem'], { env })),
    );
    assert.equal(old?.code, 2);
    assert.equal(old.stderr, `hint: ${hint}\n${now?.stderr ?? ''}`);
    assert.match(old.stderr, /none\.pem cannot be used: there is no such file\. Check the path after --ca\./);
  });
});
