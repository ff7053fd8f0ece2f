import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { runCli } from '../support/cli/runCli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'buildstream-shells-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function has(program: string, t: TestContext): boolean {
  const isThere = spawnSync(program, ['--version']).error === undefined;
  if (!isThere) t.skip(`${program} is not installed here`);
  return isThere;
}

async function written(command: readonly string[], name: string): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, (await runCli(command)).stdout);
  return file;
}

test('bash completes commands, stages, options, values and files', async (t) => {
  if (!has('bash', t)) return;
  const file = await written(['completion', 'bash'], 'completion.bash');
  const complete = (...words: readonly string[]): string[] => {
    const script =
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _buildstream; printf "%s\\n" "${COMPREPLY[@]}"';
    const args = ['--norc', '-c', script, 'bash', file, 'buildstream', ...words];
    return execFileSync('bash', args, { encoding: 'utf8', cwd: folder })
      .split('\n')
      .filter((word) => word !== '');
  };
  assert.deepEqual(complete('val'), ['validate']);
  assert.deepEqual(complete('run', 're'), ['restart']);
  assert.deepEqual(complete('run', 'restart', '--can'), ['--canary']);
  assert.deepEqual(complete('validate', '--format', 'sa'), ['sarif']);
  assert.deepEqual(complete('validate', 'compl'), ['completion.bash']);
  assert.deepEqual(complete('run', 'restart', '--backend', ''), ['direct', 'oim']);
});

test('zsh completes commands and options at a prompt', async (t) => {
  if (!has('zsh', t)) return;
  const file = await written(['completion', 'zsh'], '_buildstream');
  const script = `
    zmodload zsh/zpty
    zpty -b shell zsh -f -i
    zpty -w shell 'PS1=; TERM=dumb; autoload -Uz compinit; compinit -u -d ${folder}/dump; source ${file}; echo rea""dy'
    zpty -r shell heard '*ready*'
    zpty -w -n shell $'buildstream run rest\\t--can\\t'
    zpty -r shell heard '*--canary*'
    print -r -- "$heard"
    zpty -d shell
  `;
  const { stdout } = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8', timeout: 60_000 });
  assert.match(stdout.replaceAll(' \u0008', ''), /buildstream run restart --canary/);
});

test('fish completes commands, options and values', async (t) => {
  if (!has('fish', t)) return;
  const file = await written(['completion', 'fish'], 'buildstream.fish');
  const complete = (line: string): string[] => {
    const script = `source ${file}; complete -C '${line}'`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: folder });
    assert.equal(stderr, '');
    return stdout.split('\n').flatMap((told) => (told === '' ? [] : [told.split('\t')[0] ?? '']));
  };
  assert.deepEqual(complete('buildstream val'), ['validate']);
  assert.deepEqual(complete('buildstream run re'), ['restart']);
  assert.deepEqual(complete('buildstream run restart --can'), ['--canary']);
  assert.deepEqual(complete('buildstream validate --format sa'), ['sarif']);
});

test('PowerShell takes the completion without a fault of syntax', async (t) => {
  if (!has('pwsh', t)) return;
  const file = await written(['completion', 'powershell'], 'buildstream.ps1');
  const script = `$faults = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('${file}', [ref]$null, [ref]$faults); $faults.Count`;
  assert.equal(execFileSync('pwsh', ['-NoProfile', '-Command', script], { encoding: 'utf8' }).trim(), '0');
});

test('man shows the page without a warning', async (t) => {
  if (!has('man', t)) return;
  const file = await written(['man'], 'buildstream.1');
  const { stdout, stderr, status } = spawnSync('man', ['--warnings', '-l', file], {
    encoding: 'utf8',
    env: { ...process.env, MANPAGER: 'cat', MANWIDTH: '100', LC_ALL: 'C.UTF-8' },
  });
  assert.equal(status, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /buildstream - deploy and recover/);
  assert.match(stdout, /--canary N/);
});
