import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isColored } from '@omnia-buildstream/cli/colors';
import { pages } from '@omnia-buildstream/cli/start/pagesOnDisk';
import { commandTree, valuesOf, type CommandEntry } from '@omnia-buildstream/cli/reference/commandTree';
import { readHelp } from '@omnia-buildstream/cli/reference/helpText';
import { runCli } from '../../support/cli/runCli.ts';

const summaries = new Map(
  (await runCli(['--help'])).stdout
    .split('Commands:\n')[1]
    ?.split('\n\n')[0]
    ?.split('\n')
    .map((line) => line.trim().split(/ {2,}/, 2) as [string, string]),
);
const help = async (path: readonly string[]): Promise<string> => (await runCli([...path, '--help'])).stdout;
const tree: readonly CommandEntry[] = await commandTree({ summaries, help });
const at = (...path: readonly string[]): CommandEntry => {
  const found = tree.find((entry) => entry.path.join(' ') === path.join(' '));
  assert.ok(found, path.join(' '));
  return found;
};

suite('completion and manual page know the commands as --help prints them', () => {
  test('every line of a help text that begins with an option is read as one', () => {
    for (const { path, help: read } of tree) {
      const lines = (read.usage.join('\n').match(/\n {2}--/g) ?? []).length;
      assert.equal(lines, 0, path.join(' '));
      for (const part of read.parts) {
        if (part.kind !== 'options')
          for (const line of part.lines) assert.doesNotMatch(line, /^ {1,2}--/, path.join(' '));
      }
      assert.ok(
        read.options.some(({ name }) => name === '--help'),
        path.join(' '),
      );
      for (const { name, text } of read.options) assert.notEqual(text, '', `${path.join(' ')} ${name}`);
    }
  });

  test('every option that is offered is one that the command takes', async () => {
    for (const { path, options, help: read } of tree.filter((entry) => entry.path.length > 0)) {
      const own = new Set(read.options.map(({ name }) => name));
      for (const { name, value } of options) {
        const backend = own.has(name) || name === '--no-color' || name === '--backend' ? [] : ['--backend', 'oim'];
        const given = value === undefined ? [name] : [`${name}=${name === '--backend' ? 'direct' : 'x'}`];
        const { stderr } = await runCli([...path, ...backend, ...given, '--help']);
        assert.doesNotMatch(stderr, /There is no option/, [...path, ...given].join(' '));
      }
    }
  });

  test('words after a command are offered: stages, actions, shells', () => {
    const words = (...path: readonly string[]): string[] => at(...path).words.map(({ name }) => name);
    assert.deepEqual(words('run'), ['deploy', 'restart', 'validate', 'verify', 'all']);
    assert.deepEqual(words('failed'), ['list', 'check', 'mark', 'merge']);
    assert.deepEqual(words('completion'), ['bash', 'zsh', 'fish', 'powershell']);
    assert.ok(words('pipelines').includes('retry'));
    assert.deepEqual(words(), [...summaries.keys()]);
  });

  test('values are offered where they are known', () => {
    const of = (name: string, ...path: readonly string[]) => {
      const option = at(...path).options.find((one) => one.name === name);
      assert.ok(option, name);
      return valuesOf(option);
    };
    assert.deepEqual(of('--format', 'validate'), {
      kind: 'choices',
      choices: ['text', 'json', 'sarif', 'codequality', 'junit'],
    });
    assert.deepEqual(of('--backend', 'run', 'restart'), { kind: 'choices', choices: ['direct', 'oim'] });
    assert.deepEqual(of('--mapping', 'run', 'restart'), { kind: 'file' });
    assert.deepEqual(of('--state', 'run', 'restart'), { kind: 'folder' });
    assert.deepEqual(of('--yes', 'run', 'restart'), { kind: 'none' });
  });

  test('every format that is offered is one that the command takes', async () => {
    for (const { path, options } of tree) {
      const format = options.find(({ name }) => name === '--format');
      const values = format === undefined ? undefined : valuesOf(format);
      if (values?.kind !== 'choices') continue;
      assert.ok(
        options.some(({ name }) => name === '--json'),
        `${path.join(' ')} has --json too`,
      );
      for (const choice of values.choices) {
        const { stderr } = await runCli([...path, '--format', choice], { cwd: '/' });
        assert.doesNotMatch(stderr, /--format (?:takes|cannot be)/, [...path, choice].join(' '));
      }
    }
  });

  test('an option of several lines is one option', () => {
    const { options } = readHelp(
      'Usage: x\n\nOptions:\n  --pin [HOSTS=]SHA256\n                    accept\n                    exactly\n',
    );
    assert.deepEqual(options, [{ name: '--pin', short: undefined, value: '[HOSTS=]SHA256', text: 'accept exactly' }]);
  });
});

suite('rule pages are part of the command', () => {
  test('each can be read, and none has a link', async () => {
    for (const code of Object.keys(pages)) {
      const { code: exit, stdout } = await runCli(['explain', code]);
      assert.equal(exit, 0);
      assert.match(stdout, new RegExp(`^# ${code}\\n`));
      assert.doesNotMatch(stdout, /\]\(/, code);
    }
  });

  test('a misspelt code is told with the nearest, and without a code all are listed', async () => {
    const { code, stderr } = await runCli(['explain', 'bad-mca']);
    assert.equal(code, 2);
    assert.match(stderr, /Did you mean "bad-mac"\?/);
    const { stdout } = await runCli(['explain', '--json']);
    assert.equal((JSON.parse(stdout) as readonly unknown[]).length, Object.keys(pages).length);
  });
});

test('colours: NO_COLOR, then FORCE_COLOR, then the terminal', () => {
  const cases: readonly (readonly [env: Record<string, string>, isTerminal: boolean, colored: boolean])[] = [
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ];
  for (const [env, isTerminal, colored] of cases) {
    assert.equal(isColored({ isTerminal }, { env }), colored, JSON.stringify([env, isTerminal]));
  }
});

suite('validate', () => {
  const header =
    'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP\n';
  test('--no-color is taken by every command and wins over FORCE_COLOR', async () => {
    const world = { stdin: header, env: { FORCE_COLOR: '1' } };
    assert.ok((await runCli(['validate', '-'], world)).stdout.includes('\u001b['));
    assert.ok(!(await runCli(['validate', '-', '--no-color'], world)).stdout.includes('\u001b['));
    assert.equal((await runCli(['--no-color', 'version'])).code, 0);
  });

  test('--strict ends with code 1 for warnings, and --json is --format json', async () => {
    const stdin = `${header}slurm_node_x86_64,grp1,7KT002X,,CN-002,04:3f:72:10:00:02,10.37.0.22,04:3f:72:20:00:02,10.37.16.22\n`;
    const only = ['validate', '-', '--omnia', '2.1', '--json'];
    const { stdout } = await runCli(only, { stdin });
    const levels = [...stdout.matchAll(/"severity":\s?"(\w+)"/g)].map(([, level]) => level ?? '');
    const codes = [...stdout.matchAll(/"code":\s?"([\w-]+)"/g)].map(([, code]) => code ?? '');
    const asWarnings = [...new Set(codes)].flatMap((code) => ['--severity', `${code}=warning`]);
    assert.ok(levels.length > 0);
    assert.equal((await runCli([...only, ...asWarnings], { stdin })).code, 0);
    assert.equal((await runCli([...only, ...asWarnings, '--strict'], { stdin })).code, 1);
  });
});
