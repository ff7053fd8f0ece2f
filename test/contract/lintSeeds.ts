/** One violation for each kind of rule that the linters enforce, and for the locks also code that they allow. */
export interface Seed {
  readonly rule: string;
  /** Its location: the folder determines which rules apply. */
  readonly file: string;
  readonly code: string;
  /** Set if ESLint has the rule. Default: oxlint. */
  readonly by?: 'eslint';
  /** The rule must report nothing. */
  readonly allowed?: true;
}

const imported = (file: string, specifier: string, allowed?: true): Seed => ({
  rule: 'no-restricted-imports',
  file,
  code: `import { x } from '${specifier}';\nvoid x;\n`,
  ...(allowed === undefined ? {} : { allowed }),
});

const core = 'packages/core/src/a/seed.ts';
const engine = 'packages/engine/src/a/seed.ts';
const server = 'server/src/a/seed.ts';
const serverOnNode = 'server/src/node/seed.ts';
const serverInBrowser = 'server/src/browser/seed.ts';
const client = 'client/src/a/seed.ts';
const clientInBrowser = 'client/src/web/seed.ts';
const cli = 'packages/cli/src/a/seed.ts';
const tests = 'test/unit/a/seed.ts';

const locks: readonly Seed[] = [
  ...[
    'node:fs',
    'vscode',
    'vscode-languageserver/node',
    '@omnia-buildstream/client/a',
    '../../../../client/src/extension.ts',
    '@omnia-buildstream/server/protocol',
    '../../../../server/src/main.ts',
    '../../../engine/../packages/engine/src/x.ts',
  ].map((specifier) => imported(core, specifier)),
  imported(core, '../text/position.ts', true),
  ...[
    'vscode',
    '@omnia-buildstream/client/a',
    '@omnia-buildstream/server/protocol',
    '../../../core/src/csv/record.ts',
    '../../../../packages/core/src/csv/record.ts',
  ].map((specifier) => imported(engine, specifier)),
  ...['node:fs', '@omnia-buildstream/core/csv/record', '../time/clock.ts'].map((specifier) =>
    imported(engine, specifier, true),
  ),
  ...[
    'vscode',
    '@omnia-buildstream/client/a',
    '@omnia-buildstream/engine/a',
    '@omnia-buildstream/engine/a/b',
    '@omnia-buildstream/http/client',
    '../../packages/core/src/x.ts',
    'node:fs',
    'vscode-languageserver/node',
  ].map((specifier) => imported(server, specifier)),
  ...['@omnia-buildstream/core/csv/record', '@omnia-buildstream/core/record', 'vscode-languageserver'].map(
    (specifier) => imported(server, specifier, true),
  ),
  ...['node:fs', 'vscode-languageserver/node'].map((specifier) => imported(serverOnNode, specifier, true)),
  ...['node:fs', 'vscode-languageserver/node'].map((specifier) => imported(serverInBrowser, specifier)),
  imported(serverInBrowser, 'vscode-languageserver/browser', true),
  ...['node:fs', 'vscode-languageclient/node', '@omnia-buildstream/http/hosts'].map((specifier) =>
    imported(clientInBrowser, specifier),
  ),
  imported(clientInBrowser, 'vscode-languageclient/browser', true),
  ...[
    '@omnia-buildstream/server/protocol',
    '@omnia-buildstream/server/main',
    '@omnia-buildstream/server/features/hover',
    '../../packages/core/src/x.ts',
  ].map((specifier) => imported(client, specifier)),
  ...['vscode', '@omnia-buildstream/core/csv/record', '@omnia-buildstream/engine/a'].map((specifier) =>
    imported(client, specifier, true),
  ),
  ...[client, cli].flatMap((file) => [
    ...['plan', 'assumeState', 'decideRestart', 'decideDirect', 'restartState', 'failedList', 'planNotices'].map(
      (name) => imported(file, `@omnia-buildstream/core/plan/${name}`),
    ),
    ...['core/restart/engineState', 'engine/state/fileStateStore', 'core/nodes/decideProject'].map((name) =>
      imported(file, `@omnia-buildstream/${name}`),
    ),
    ...['planDocument', 'planTexts', 'targets'].map((name) =>
      imported(file, `@omnia-buildstream/core/plan/${name}`, true),
    ),
  ]),
  {
    rule: 'no-restricted-imports',
    file: client,
    code: "import type { X } from '@omnia-buildstream/server/protocol';\nexport type Y = X;\n",
    allowed: true,
  },
];

const pure: readonly Seed[] = [
  ...[
    'console',
    'process',
    'fetch',
    'Buffer',
    'performance',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
  ].map((name) => ({ rule: 'no-restricted-globals', file: core, code: `export const x: unknown = ${name};\n` })),
  { rule: 'no-restricted-properties', file: core, code: 'export const x = Date.now();\n' },
  { rule: 'no-restricted-properties', file: core, code: 'export const x = Math.random();\n' },
  { rule: 'no-restricted-globals', file: engine, code: 'export const x: unknown = process;\n', allowed: true },
];

const syntax: readonly Seed[] = [
  { rule: 'no-restricted-syntax', by: 'eslint', file: core, code: 'const x = 1;\nexport default x;\n' },
  { rule: 'no-restricted-syntax', by: 'eslint', file: tests, code: "export * from './other.ts';\n" },
];

const a = 'declare const a: string;\n';
const p = 'declare const p: Promise<number>;\n';
const any = 'declare const v: any;\n';

/** Rules of the presets, mainly those that need types. */
const typed: readonly (readonly [rule: string, code: string])[] = [
  ['await-thenable', `${a}export const x = await a;\n`],
  ['ban-ts-comment', '// @ts-ignore\nexport const x = 1;\n'],
  ['consistent-type-definitions', 'export type X = { a: string };\n'],
  ['consistent-type-imports', "import { URL } from 'node:url';\nexport type X = URL;\n"],
  ['array-type', 'export type X = Array<string>;\n'],
  ['consistent-type-assertions', 'export const x = <string>JSON.parse("1");\n'],
  ['dot-notation', 'declare const o: { a: string };\nexport const x = o["a"];\n'],
  ['no-array-delete', 'declare const l: string[];\ndelete l[0];\n'],
  ['no-base-to-string', 'declare const o: { a: string };\nexport const x = String(o);\n'],
  ['no-confusing-void-expression', 'declare function f(): void;\nexport const x = () => f();\n'],
  ['no-deprecated', '/** @deprecated gone */\ndeclare function f(): void;\nf();\n'],
  ['no-dynamic-delete', 'declare const o: Record<string, string>;\ndeclare const k: string;\ndelete o[k];\n'],
  ['no-empty-function', 'export function f(): void {}\n'],
  ['no-explicit-any', 'export type X = any;\n'],
  ['no-extraneous-class', 'export class A {}\n'],
  ['no-floating-promises', `${p}p.then(() => 1);\n`],
  ['no-for-in-array', 'declare const l: string[];\nfor (const i in l) void i;\n'],
  ['no-implied-eval', 'setTimeout("1", 1);\n'],
  ['no-invalid-void-type', 'export type X = string | void;\n'],
  ['no-meaningless-void-operator', 'declare function f(): void;\nvoid f();\n'],
  ['no-misused-promises', `${p}if (p) throw new Error();\n`],
  ['no-misused-spread', `${p}export const x = { ...p };\n`],
  ['no-non-null-assertion', 'declare const o: string | undefined;\nexport const x = o!.length;\n'],
  ['no-redundant-type-constituents', 'export type X = unknown | string;\n'],
  ['no-require-imports', "export const x: unknown = require('node:fs');\n"],
  ['no-unnecessary-boolean-literal-compare', 'declare const b: boolean;\nexport const x = b === true ? 1 : 2;\n'],
  ['no-unnecessary-condition', `${a}export const x = a?.length;\n`],
  ['no-unnecessary-template-expression', `${a}export const x = \`\${a}\`;\n`],
  ['no-unnecessary-type-arguments', 'declare function f<T = string>(x?: T): T;\nexport const x = f<string>();\n'],
  ['no-unnecessary-type-assertion', `${a}export const x = a as string;\n`],
  ['no-unnecessary-type-conversion', `${a}export const x = String(a);\n`],
  ['no-unnecessary-type-parameters', 'export function f<T>(x: T): void {\n  void x;\n}\n'],
  ['no-unsafe-argument', `${any}declare function f(x: string): void;\nf(v);\n`],
  ['no-unsafe-assignment', `${any}export const x: string = v;\n`],
  ['no-unsafe-call', `${any}v();\n`],
  ['no-unsafe-enum-comparison', 'declare enum E {\n  A = 1,\n}\ndeclare const e: E;\nexport const x = e === 1;\n'],
  ['no-unsafe-member-access', `${any}export const x: unknown = v.a;\n`],
  ['no-unsafe-return', `${any}export function f(): string {\n  return v;\n}\n`],
  ['no-unused-expressions', `${a}a === 'x';\n`],
  ['no-unused-vars', 'function f(): void {\n  return;\n}\n'],
  ['no-useless-constructor', 'export class A {\n  x = 1;\n  constructor() {}\n}\n'],
  ['only-throw-error', 'throw "x";\n'],
  ['prefer-for-of', 'declare const l: string[];\nfor (let i = 0; i < l.length; i++) void l[i];\n'],
  ['prefer-function-type', 'export interface X {\n  (): void;\n}\n'],
  ['prefer-includes', `${a}export const x = a.indexOf('x') !== -1;\n`],
  ['prefer-nullish-coalescing', "declare const o: string | undefined;\nexport const x = o || 'y';\n"],
  ['prefer-optional-chain', 'declare const o: { a: string } | undefined;\nexport const x = o && o.a;\n'],
  ['prefer-promise-reject-errors', "export const x = Promise.reject('x');\n"],
  ['prefer-reduce-type-parameter', 'export const x = [1].reduce((l, n) => l.concat(n), [] as number[]);\n'],
  ['prefer-regexp-exec', `${a}export const x = a.match(/x/);\n`],
  ['prefer-string-starts-ends-with', `${a}export const x = a[0] === 'x';\n`],
  ['require-await', 'export async function f(): Promise<number> {\n  return 1;\n}\n'],
  ['restrict-plus-operands', `${a}export const x = a + 1;\n`],
  ['restrict-template-expressions', 'declare const n: number;\nexport const x = `a${n}`;\n'],
  [
    'return-await',
    `${p}export async function f(): Promise<number> {\n  try {\n    return p;\n  } catch {\n    return await p;\n  }\n}\n`,
  ],
  ['switch-exhaustiveness-check', "declare const k: 'a' | 'b';\nswitch (k) {\n  case 'a':\n    break;\n}\n"],
  ['triple-slash-reference', '/// <reference path="./other.ts" />\nexport const x = 1;\n'],
  ['unbound-method', 'declare class A {\n  f(): void;\n}\ndeclare const o: A;\nexport const x = o.f;\n'],
  ['unified-signatures', 'export declare function f(x: string): void;\nexport declare function f(x: number): void;\n'],
  ['use-unknown-in-catch-callback-variable', `${p}void p.catch((e: Error) => e.message);\n`],
  ['no-var', 'export var x = 1;\n'],
  ['prefer-const', 'let x = 1;\nexport const y = x;\n'],
  ['no-constant-condition', 'if (1) throw new Error();\n'],
  ['no-control-regex', 'export const x = /\\x00/;\n'],
  ['no-empty', 'try {\n  await Promise.resolve();\n} catch {}\n'],
  ['no-fallthrough', `${a}switch (a) {\n  case 'a':\n    void a;\n  case 'b':\n    void a;\n}\n`],
  ['no-self-assign', 'let x = 1;\nx = x;\nexport const y = x;\n'],
  ['no-useless-assignment', 'export function f(): number {\n  let x = 1;\n  x = 2;\n  return x;\n}\n'],
  ['no-useless-escape', "export const x = '\\d';\n"],
  [
    'preserve-caught-error',
    "try {\n  await Promise.resolve();\n} catch (error) {\n  void error;\n  throw new Error('x');\n}\n",
  ],
  ['use-isnan', 'declare const n: number;\nexport const x = n === NaN;\n'],
];

const others: readonly Seed[] = [
  {
    rule: '@typescript-eslint/no-unsafe-class-instance-assignment',
    by: 'eslint',
    file: core,
    code: 'export class A {\n  x = 1;\n}\nexport const y: A = { x: 2 };\n',
  },
  { rule: 'no-octal', by: 'eslint', file: 'packages/cli/bin/seed.cjs', code: 'module.exports = 017;\n' },
  { rule: 'no-undef', file: 'packages/cli/bin/seed.cjs', code: 'module.exports = nowhere;\n' },
  { rule: 'no-undef', file: 'packages/cli/bin/seed.cjs', code: 'module.exports = process;\n', allowed: true },
  { rule: 'no-unused-vars', file: 'scripts/seed.mjs', code: 'const x = 1;\n' },
  { rule: 'no-dupe-keys', file: 'scripts/seed.mjs', code: 'export const x = { a: 1, a: 2 };\n' },
  {
    rule: 'no-floating-promises',
    file: tests,
    code: "import { test } from 'node:test';\ntest('x', () => undefined);\n",
    allowed: true,
  },
  {
    rule: 'no-floating-promises',
    file: engine,
    code: "import { test } from 'node:test';\ntest('x', () => undefined);\n",
  },
];

export const seeds: readonly Seed[] = [
  ...locks,
  ...pure,
  ...syntax,
  ...typed.map(([rule, code]) => ({ rule, file: engine, code })),
  ...others,
];
