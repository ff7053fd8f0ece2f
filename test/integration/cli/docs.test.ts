import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bmcHelp } from '@omnia-buildstream/cli/bmc/help';
import { clusterHelp } from '@omnia-buildstream/cli/lab/cluster/help';
import { hardwareHelp } from '@omnia-buildstream/cli/hardware/help';
import { mcpHelp } from '@omnia-buildstream/cli/mcp/help';
import { labHelp } from '@omnia-buildstream/cli/lab/help';
import { runOimHelp, statusHelp } from '@omnia-buildstream/cli/oim/help';
import { planHelp } from '@omnia-buildstream/cli/plan/help';
import { runAllHelp } from '@omnia-buildstream/cli/run/all/help';
import { allOptions } from '@omnia-buildstream/cli/run/all/options';
import { deployHelp } from '@omnia-buildstream/cli/run/deploy/help';
import { deployOptions } from '@omnia-buildstream/cli/run/deploy/options';
import { runHelp } from '@omnia-buildstream/cli/run/restart/help';
import { restartOptions } from '@omnia-buildstream/cli/run/restart/options';
import { runValidateHelp } from '@omnia-buildstream/cli/run/validate/help';
import { validateOptions } from '@omnia-buildstream/cli/run/validate/options';
import { runVerifyHelp } from '@omnia-buildstream/cli/run/validate/verifyHelp';
import { validateHelp } from '@omnia-buildstream/cli/validate/help';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';
import { fixture, folderOf } from '../../support/cli/files.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const pages = {
  'docs/cli.md': readFileSync(path.join(root, 'docs/cli.md'), 'utf8'),
  'docs/lab.md': readFileSync(path.join(root, 'docs/lab.md'), 'utf8'),
} as const;

/** The part of a page under a heading of the first or second level. */
function sectionOf(page: string, heading: string): string {
  return page.split(/^##? /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

/** The options in the first column of its tables. */
function documented(section: string): string[] {
  const cells = [...section.matchAll(/^\| (`--.*?) \|/gm)].map(([, cell]) => cell ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option ?? ''));
}

function helped(help: string): Set<string> {
  return new Set([...help.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option ?? ''));
}

for (const [page, heading, help] of [
  ['docs/cli.md', 'validate', validateHelp],
  ['docs/cli.md', 'plan', planHelp],
  ['docs/cli.md', 'status', statusHelp],
  ['docs/cli.md', 'bmc', bmcHelp],
  ['docs/cli.md', 'hardware', hardwareHelp],
  ['docs/cli.md', 'run deploy', deployHelp],
  ['docs/cli.md', 'run restart', runHelp],
  ['docs/cli.md', 'run validate', runValidateHelp],
  ['docs/cli.md', 'run verify', runVerifyHelp],
  ['docs/cli.md', 'run all', runAllHelp],
  ['docs/cli.md', 'run --backend oim', runOimHelp],
  ['docs/cli.md', 'mcp', mcpHelp],
  ['docs/lab.md', 'The lab', labHelp],
  ['docs/lab.md', 'A whole cluster', clusterHelp],
] as const) {
  test(`"${heading}" in ${page} names the options that the help of the command names`, () => {
    assert.deepEqual(new Set([...documented(sectionOf(pages[page], heading)), '--help']), helped(help));
  });
}

for (const [name, options, help] of [
  ['deploy', deployOptions, deployHelp],
  ['restart', restartOptions, runHelp],
  ['validate', validateOptions, runValidateHelp],
  ['all', allOptions, runAllHelp],
] as const) {
  test(`the help of run ${name} names every option that it takes`, () => {
    assert.deepEqual(helped(help), new Set(Object.keys(options).map((option) => `--${option}`)));
  });
}

test('the CI template fits into a project whose only stage is another one, and takes no defaults of it', () => {
  const template = readFileSync(path.join(root, 'docs/ci/validate.gitlab-ci.yml'), 'utf8');
  const job = parseYaml(template).root?.get('buildstream-validate');
  assert.equal(job?.get('stage')?.text, '.pre');
  assert.equal(job.get('inherit')?.get('default')?.text, 'false');
  assert.equal(job.get('image')?.get('pull_policy')?.text, 'if-not-present');
});

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
