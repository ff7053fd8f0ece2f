import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import * as esbuild from 'esbuild';
import { packageFolder } from '../../../scripts/notices.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const entries = [
  'client/src/extension.ts',
  'client/src/language/languageClient.ts',
  'client/src/pipelines/gitlab.ts',
  'client/src/stages/stages.ts',
  'server/src/main.ts',
  'packages/cli/src/main.ts',
];

const options: esbuild.BuildOptions & { readonly metafile: true } = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  outdir: 'out',
  platform: 'node',
  mainFields: ['module', 'main'],
  external: ['vscode', '#rule-pages', '#notices'],
  logLevel: 'error',
};

const foldersOf = (metafile: esbuild.Metafile | undefined): Set<string> =>
  new Set(Object.keys(metafile?.inputs ?? {}).flatMap((input) => packageFolder(input) ?? []));

test('the license text of every package in the bundles stands beside them, and the command shows it', async () => {
  const { metafile } = await esbuild.build({ ...options, entryPoints: entries });
  const folders = foldersOf(metafile);
  const shown = execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), '--licenses'], { encoding: 'utf8' });
  const beside = readFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const inCommand = await esbuild.build({ ...options, entryPoints: ['packages/cli/src/main.ts'] });
  const ofCommand = foldersOf(inCommand.metafile);
  assert.ok(folders.size > 5, 'nothing is bundled');
  for (const folder of folders) {
    const { name, version } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
    };
    for (const notices of ofCommand.has(folder) ? [beside, shown] : [beside]) {
      const [, text = ''] = notices.split(`\n${name} ${version} (`);
      assert.match(text.slice(0, 2_000), /permission|licen[cs]e|redistribution/i, `${name} ${version}`);
    }
  }
});
