import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * A ban on imports; every message says what to do instead.
 * @param {...{ regex: string, message: string, allowTypeImports?: boolean }} patterns
 */
const banImports = (...patterns) => ({
  'no-restricted-imports': 'off',
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

const editorOnlyInClient = {
  regex: '^vscode$',
  message: 'Only client/ talks to the editor. Pass what you need as plain data, or write the code in client/.',
};
const nobodyImportsClient = {
  regex: '^@omnia-buildstream/client|(^|/)client/src/',
  message: 'Nothing imports the client. Move what you need to packages/core and import it from both sides.',
};
const noServerHere = {
  regex: '^@omnia-buildstream/server|(^|/)server/src/',
  message: 'packages/* know nothing of the language server. Move what you need to packages/core.',
};
const noDeepPaths = {
  regex: '\\.\\./(client|server|packages|core|cli)/(src/)?',
  message: "Import other workspaces by name, for example '@omnia-buildstream/core/csv/record'.",
};
const noProtocolLibrary = {
  regex: '^vscode-languageserver',
  message: 'The domain does not know the protocol. Return offsets and plain data; server/ turns them into LSP types.',
};

/** Bans on syntax that hold everywhere. A list given to a rule replaces the one before it. */
const noSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name: one thing then has one name everywhere.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines the thing.' },
];
const throughSafeWindow =
  'VS Code makes links that run out of any text: use `window` of client/src/platform/window.ts, which lets none through.';
/** What of `vscode.window` shows text; the safe window has all that we need of it. */
const bareWindow = [
  'showInformationMessage',
  'showWarningMessage',
  'showErrorMessage',
  'showInputBox',
  'createInputBox',
  'showQuickPick',
  'createQuickPick',
  'withProgress',
  'withScmProgress',
  'setStatusBarMessage',
].join('|');
const noForeignLinks = [
  {
    selector: `MemberExpression[object.object.name='vscode'][object.property.name='window'][property.name=/^(${bareWindow})$/]`,
    message: throughSafeWindow,
  },
  {
    selector: "VariableDeclarator[init.name='vscode'] > ObjectPattern > Property[key.name='window']",
    message: throughSafeWindow,
  },
  {
    selector: "VariableDeclarator[init.object.name='vscode'][init.property.name='window']",
    message: throughSafeWindow,
  },
  { selector: "ImportDeclaration[source.value='vscode'] > ImportSpecifier", message: throughSafeWindow },
  {
    selector: "AssignmentExpression[left.property.name='isTrusted'] > Literal[value=true]",
    message: 'Name the one command that links may run: { enabledCommands: […] }.',
  },
  { selector: "[property.name='supportHtml']", message: 'No HTML: others write part of every text.' },
];

/** What makes results depend on more than the input; see invariant 10 in docs/architecture.md. */
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

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      '.tsbuild/',
      'test-results/',
      'test/fixtures/',
      'test/golden/',
      '**/*.generated.js',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Index signatures must be read with brackets (noPropertyAccessFromIndexSignature in tsconfig.base.json).
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      'no-restricted-syntax': ['error', ...noSyntax],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      ...banImports(
        {
          regex: '^node:',
          message: 'The domain is pure. Take the data as a parameter; do the I/O in server/, client/ or packages/cli.',
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
    ignores: ['packages/core/**'],
    rules: banImports(editorOnlyInClient, nobodyImportsClient, noServerHere, noDeepPaths),
  },
  {
    files: ['server/src/**/*.ts'],
    rules: banImports(editorOnlyInClient, nobodyImportsClient, noDeepPaths, {
      regex: '^@omnia-buildstream/(?!core/)',
      message: 'The server imports packages/core only: it may be restarted at any keystroke and must own nothing.',
    }),
  },
  {
    files: ['client/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noSyntax, ...noForeignLinks] },
  },
  {
    files: ['client/src/**/*.ts'],
    rules: banImports(
      noDeepPaths,
      {
        regex: '^@omnia-buildstream/server/(?!protocol$)',
        message: 'Client and server share only the message types in @omnia-buildstream/server/protocol.',
      },
      {
        regex: '^@omnia-buildstream/server/protocol$',
        allowTypeImports: true,
        message: 'Use `import type`: the server runs in another process.',
      },
    ),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:test returns promises that the runner awaits itself.
      '@typescript-eslint/no-floating-promises': [
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
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        console: 'readonly',
        process: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
      },
    },
  },
);
