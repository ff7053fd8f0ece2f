/**
 * The rules for oxlint: everything in the presets of ESLint and typescript-eslint, and the import bans of this project.
 * ESLint checks the few rules that oxlint lacks, see eslint.config.mjs.
 */
import js from '@eslint/js';
import { defineConfig } from 'oxlint';
import tseslint from 'typescript-eslint';
import {
  banImports,
  coreOnlyInServer,
  editorOnlyInClient,
  messageTypesOnly,
  nobodyImportsClient,
  noDeepPaths,
  nodeInOneFolder,
  noNodeInBrowser,
  noProtocolLibrary,
  noServerHere,
  otherStart,
  planningIsElsewhere,
  sameValuesInEveryRun,
  writesBare,
} from './scripts/lint/importBans.mjs';

/** Globals that make results depend on more than the input; see invariant 12 in docs/architecture.md. */
const impureGlobals = [
  { name: 'console', message: 'The domain does not log. Return findings or values.' },
  { name: 'process', message: 'Take what you need as a parameter.' },
  { name: 'fetch', message: 'The domain does no I/O. Take the data as a parameter.' },
  { name: 'Buffer', message: 'Use strings or Uint8Array; Buffer exists in Node only.' },
  { name: 'performance', message: 'Take the time as a parameter.' },
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
    name,
    message: 'The domain does not wait. Let the caller schedule.',
  })),
];

/** The only place in the command line that touches the process; everything else gets it as an Io. */
const cliAdapter = [
  'packages/cli/src/nodeIo.ts',
  'packages/cli/src/output.ts',
  'packages/cli/src/main.ts',
  'packages/cli/src/start/*.ts',
];
const takeFromIo =
  'Take it from Io (packages/cli/src/io.ts): only nodeIo.ts, output.ts, main.ts and start/ touch the process.';

/** Rules of the presets that oxlint lacks; eslint.config.mjs has them. */
export const leftToEslint = ['no-octal', '@typescript-eslint/no-unsafe-class-instance-assignment'];

/** oxlint also lacks this rule, but in modules, as here, the parser itself rejects duplicate parameter names. */
export const refusedByParser = ['no-dupe-args'];

/** Rules of typescript-eslint that oxlint has under the name of the ESLint rule that they extend. */
const extended = [
  'no-array-constructor',
  'no-empty-function',
  'no-unused-expressions',
  'no-unused-vars',
  'no-useless-constructor',
];

/** @param {string} name as ESLint has it */
export function oxlintName(name) {
  const bare = name.replace('@typescript-eslint/', '');
  if (bare === name || extended.includes(bare)) return bare;
  return `typescript/${bare}`;
}

/**
 * The rules of presets under oxlint's names. oxlint stops at a rule that it does not know.
 * @param {readonly { rules?: object }[]} presets later ones win
 */
export function rulesOf(presets) {
  /** @type {[string, any][]} */
  const all = Object.entries(Object.assign({}, ...presets.map(({ rules }) => rules)));
  const kept = all.filter(([name]) => ![...leftToEslint, ...refusedByParser].includes(name));
  const isOff = (/** @type {[string, any]} */ [, setting]) => setting === 'off' || setting === 0;
  // Only rules of ESLint's recommended preset have to be switched off. The presets switch off a rule that another one
  // extends; the one that extends it must win.
  const off = kept.filter((entry) => isOff(entry) && entry[0] in js.configs.recommended.rules);
  const inOrder = [...off, ...kept.filter((entry) => !isOff(entry))];
  return Object.fromEntries(inOrder.map(([name, setting]) => [oxlintName(name), setting]));
}

/** Files with nothing to check, or that are not ours. */
export const ignored = [
  '**/node_modules/',
  'dist/',
  '.tsbuild/',
  'test-results/',
  'test/fixtures/',
  'test/golden/',
  '**/*.generated.js',
];

export default defineConfig({
  plugins: ['typescript', 'oxc'],
  categories: { correctness: 'off' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: ignored,
  rules: rulesOf([js.configs.recommended]),
  overrides: [
    {
      files: ['**/*.ts'],
      rules: {
        ...rulesOf([...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked]),
        'typescript/consistent-type-imports': 'error',
        'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
        // Index signatures must be read with brackets (noPropertyAccessFromIndexSignature in tsconfig.base.json).
        'typescript/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      },
    },
    {
      files: ['packages/core/src/**/*.ts'],
      rules: {
        ...banImports(
          {
            regex: '^node:',
            message:
              'The domain is pure. Take the data as a parameter; do the I/O in server/, client/ or packages/cli.',
          },
          editorOnlyInClient,
          noProtocolLibrary,
          nobodyImportsClient,
          noServerHere,
          noDeepPaths,
        ),
        'no-restricted-globals': ['error', ...impureGlobals],
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: 'Take the time as a parameter.' },
          { object: 'Math', property: 'random', message: 'Take the random source as a parameter.' },
        ],
      },
    },
    {
      files: ['packages/*/src/**/*.ts'],
      excludeFiles: ['packages/core/**'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noServerHere, noDeepPaths, writesBare),
    },
    {
      // The writer itself, and the lab's folders, which belong to its user alone.
      files: ['packages/engine/src/files/*.ts', 'packages/lab/src/ownership/*.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noServerHere, noDeepPaths),
    },
    {
      // Runs before anything is loaded: opens files only for reading, and prints the version. Standard output is not
      // one of our files.
      files: ['packages/cli/src/start/{start,codeCache,parts,pagesOnDisk}.ts', 'packages/cli/src/output.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noServerHere, noDeepPaths),
    },
    {
      files: ['packages/cli/src/**/*.ts'],
      excludeFiles: cliAdapter,
      rules: { 'no-restricted-globals': ['error', { name: 'process', message: takeFromIo }] },
    },
    {
      files: ['packages/cli/src/**/*.ts'],
      // The lab simulates servers and machines on this one, including their files and their time.
      excludeFiles: [...cliAdapter, 'packages/cli/src/lab/**'],
      rules: {
        ...banImports(
          editorOnlyInClient,
          nobodyImportsClient,
          noServerHere,
          noDeepPaths,
          planningIsElsewhere,
          {
            regex: '^node:(fs|child_process|os|process|readline|timers)(/|$)',
            allowTypeImports: true,
            message: takeFromIo,
          },
          {
            regex: '/(time/systemClock|gitlab/clock|state/processIdentity|runner/machine|probes/runSsh)$',
            allowTypeImports: true,
            message: takeFromIo,
          },
        ),
        'no-restricted-globals': [
          'error',
          ...['process', 'performance', 'setTimeout', 'setInterval'].map((name) => ({ name, message: takeFromIo })),
        ],
        'no-restricted-properties': [
          'error',
          { object: 'Date', property: 'now', message: takeFromIo },
          { object: 'Math', property: 'random', message: takeFromIo },
        ],
      },
    },
    {
      // Serves editors other than VS Code.
      files: ['packages/cli/src/lsp/*.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, writesBare, planningIsElsewhere),
    },
    {
      files: ['server/src/**/*.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, nodeInOneFolder, coreOnlyInServer),
    },
    {
      files: ['server/src/browser/**/*.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, noNodeInBrowser, coreOnlyInServer),
    },
    {
      files: ['server/src/main.ts', 'server/src/node/**/*.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, writesBare, coreOnlyInServer),
    },
    {
      // Opens only regular files, and only for reading.
      files: ['server/src/node/diskFiles.ts'],
      rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, coreOnlyInServer),
    },
    {
      files: ['client/src/**/*.ts'],
      rules: banImports(noDeepPaths, writesBare, ...messageTypesOnly, planningIsElsewhere),
    },
    {
      files: ['client/src/web/**/*.ts'],
      rules: banImports(noDeepPaths, noNodeInBrowser, ...messageTypesOnly),
    },
    {
      // Scripts of webviews, and the code that the extension shares with them.
      files: ['client/src/pages/**/*.ts'],
      rules: banImports(noDeepPaths, {
        regex: `^(vscode$|node:|@omnia-buildstream/(${otherStart('core/')}))`,
        message:
          'A page runs in a browser: it takes what it shows from messages, and of ours imports packages/core only.',
      }),
    },
    {
      files: ['test/**/*.ts'],
      excludeFiles: ['test/support/properties/fastCheck.ts'],
      rules: {
        ...banImports(sameValuesInEveryRun),
        // node:test returns promises that the runner awaits itself.
        'typescript/no-floating-promises': [
          'error',
          {
            allowForKnownSafeCalls: [
              { from: 'package', package: 'node:test', name: ['test', 'suite', 'describe', 'it'] },
            ],
          },
        ],
      },
    },
    // TypeScript knows the globals of the scripts (test/tsconfig.json checks them).
    { files: ['**/*.mjs'], rules: { 'no-undef': 'off' } },
    {
      files: ['**/*.cjs'],
      env: { node: true, commonjs: true },
    },
  ],
});
