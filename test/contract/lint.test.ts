/** What the linters enforce: no preset rule was lost when oxlint replaced ESLint, and each import lock works. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import oxlintConfig, { leftToEslint, oxlintName, refusedByParser } from '../../oxlint.config.mjs';
import { seeds, type Seed } from './lintSeeds.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('every rule of the presets is in force in oxlint, or left to ESLint by name', async () => {
  const { ESLint } = await import('eslint');
  const left = (await new ESLint({ cwd: root }).calculateConfigForFile('server/src/main.ts')) as {
    rules: Record<string, unknown>;
  };
  const ruled = rulesFor('server/src/main.ts');
  const presets = [
    js.configs.recommended,
    ...tseslint.configs.strictTypeChecked,
    ...tseslint.configs.stylisticTypeChecked,
  ];
  const asked = Object.entries(
    Object.assign({}, ...presets.map(({ rules }) => rules ?? {})) as Record<string, unknown>,
  );
  const lost = asked
    .filter(([, setting]) => isOn(setting))
    .map(([name]) => name)
    .filter((name) => !refusedByParser.includes(name))
    .filter(
      (name) =>
        !(leftToEslint.includes(name) ? name === 'no-octal' || name in left.rules : isOn(ruled[oxlintName(name)])),
    );
  assert.deepEqual(lost, []);
  assert.ok(asked.length > 100);
});

describe('a violation of each kind is found', () => {
  let dir = '';
  let said: Record<'oxlint' | 'eslint', readonly Finding[]>;
  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'obs-'));
    layOut(dir);
    const [oxlint, eslint] = await Promise.all([runOxlint(dir), runEslint(dir)]);
    said = { oxlint, eslint };
  });
  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  for (const seed of seeds) {
    test(`${seed.rule}: ${path.dirname(seed.file)}: ${firstLine(seed)}`, () => {
      const mine = said[seed.by ?? 'oxlint'].filter(({ file }) => file === fileOf(seed));
      const rules = mine.map(({ rule }) => rule);
      if (seed.allowed === true) assert.ok(!rules.includes(seed.rule), JSON.stringify(mine));
      else assert.ok(rules.includes(seed.rule), `found: ${JSON.stringify(mine)}`);
    });
  }
});

interface Finding {
  readonly file: string;
  readonly rule: string;
}

function isOn(setting: unknown): boolean {
  const severity: unknown = Array.isArray(setting) ? setting[0] : setting;
  return severity === 'error' || severity === 2;
}

/** The oxlint rules for a file: later overrides win. */
function rulesFor(file: string): Record<string, unknown> {
  const overrides = oxlintConfig.overrides.filter(({ files }) => files.some((glob) => path.matchesGlob(file, glob)));
  return Object.assign({}, oxlintConfig.rules, ...overrides.map(({ rules }) => rules)) as Record<string, unknown>;
}

function firstLine({ code }: Seed): string {
  return code.trim().split('\n', 1)[0] ?? '';
}

/** Each seed is in a separate file, so that none hides another. */
function fileOf(seed: Seed): string {
  const { dir, name, ext } = path.parse(seed.file);
  return `${dir}/${name}${String(seeds.indexOf(seed))}${ext}`;
}

/** A small copy of this project's folder structure, because a file's location determines which rules apply. */
function layOut(dir: string): void {
  symlinkSync(path.join(root, 'node_modules'), path.join(dir, 'node_modules'), 'junction');
  const own = (name: string) => JSON.stringify(path.join(root, name));
  writeFileSync(path.join(dir, 'package.json'), '{ "type": "module" }');
  writeFileSync(path.join(dir, 'oxlint.config.mjs'), `export { default } from ${own('oxlint.config.mjs')};\n`);
  writeFileSync(
    path.join(dir, 'eslint.config.mjs'),
    `import config from ${own('eslint.config.mjs')};\n` +
      `export default [...config, { files: ['**/*.ts'], languageOptions: { parserOptions: { tsconfigRootDir: import.meta.dirname } } }];\n`,
  );
  const compilerOptions = {
    noEmit: true,
    composite: false,
    emitDeclarationOnly: false,
    declaration: false,
    types: ['node'],
  };
  const tsconfig = JSON.stringify({
    extends: path.join(root, 'tsconfig.base.json'),
    compilerOptions,
    include: ['**/*.ts'],
  });
  for (const name of ['tsconfig.json', 'tsconfig.lint.json']) writeFileSync(path.join(dir, name), tsconfig);
  for (const seed of seeds) {
    const file = path.join(dir, fileOf(seed));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, seed.code);
  }
}

async function runOxlint(dir: string): Promise<Finding[]> {
  const output = await run('oxlint/bin/oxlint', ['-c', 'oxlint.config.mjs', '--format=json', '.'], dir);
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code?: string; filename: string }[] };
  return diagnostics.map(({ code = 'syntax', filename }) => ({
    file: filename,
    rule: code.replace(/^.*\((.*)\)$/, '$1'),
  }));
}

async function runEslint(dir: string): Promise<Finding[]> {
  const output = await run('eslint/bin/eslint.js', ['--format=json', '.'], dir);
  const files = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null }[] }[];
  return files.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId }) => ({ file: path.relative(dir, filePath), rule: ruleId ?? 'syntax' })),
  );
}

/** A linter's output. Findings do not count as a failure. */
function run(tool: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const file = path.join(root, 'node_modules', tool);
    execFile(process.execPath, [file, ...args], { cwd, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith('{') || stdout.trimStart().startsWith('[')) resolve(stdout);
      else reject(new Error(`${stdout}${stderr}`, { cause: error }));
    });
  });
}
