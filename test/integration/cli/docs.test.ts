import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { planHelp } from '@omnia-buildstream/cli/plan/help';
import { deployHelp } from '@omnia-buildstream/cli/run/deployHelp';
import { runValidateHelp } from '@omnia-buildstream/cli/run/validate/help';
import { validateHelp } from '@omnia-buildstream/cli/validate/help';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';
import { fixture, folderOf } from './runCli.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const page = readFileSync(path.join(root, 'docs/cli.md'), 'utf8');

/** The part of the page under a heading of the second level. */
function sectionOf(name: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${name}\n`)) ?? '';
}

for (const [name, help] of [
  ['validate', validateHelp],
  ['plan', planHelp],
  ['run deploy', deployHelp],
  ['run validate', runValidateHelp],
] as const) {
  test(`docs/cli.md and "buildstream ${name} --help" name the same options`, () => {
    const rows = [...sectionOf(name).matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option);
    const helped = [...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
    assert.deepEqual(new Set([...rows, '--help']), new Set(helped));
  });
}

for (const [name, expected] of [
  ['001-slurm-only.csv', 0],
  ['107-dup-admin-ip.csv', 1],
] as const) {
  test(`the job of the CI template makes its reports and ends with ${String(expected)} for ${name}`, (context) => {
    const template = readFileSync(path.join(root, 'docs/ci/validate.gitlab-ci.yml'), 'utf8');
    const job = parseYaml(template).root?.get('buildstream-validate');
    const text = (...keys: string[]): string => keys.reduce((value, key) => value?.get(key), job)?.text ?? '';
    const folder = folderOf(context, { 'map.csv': fixture(name) });
    const options = text('variables', 'VALIDATE_OPTIONS');
    const variables = {
      VALIDATE_OPTIONS: options,
      BUILDSTREAM_CLI: path.join(root, 'dist/cli.js'),
      MAPPING_FILE: 'map.csv',
    };
    const script = ['set -e', ...(job?.get('script')?.items() ?? []).map((line) => line.text)].join('\n');
    const env = {
      ...process.env,
      ...variables,
      PATH: `${path.dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
    };
    const ran = spawnSync('sh', ['-c', script], { cwd: folder, env, encoding: 'utf8' });
    assert.equal(ran.status, expected, ran.stderr);
    const [codequality, junit] = ['codequality', 'junit'].map((name) => text('artifacts', 'reports', name));
    assert.equal((JSON.parse(readFileSync(path.join(folder, codequality ?? ''), 'utf8')) as object[]).length, expected);
    assert.match(readFileSync(path.join(folder, junit ?? ''), 'utf8'), new RegExp(`failures="${String(expected)}"`));
  });
}
