/**
 * What ESLint checks beside oxlint, whose oxlint.config.mjs has nearly all rules: the few that oxlint does not have. Both
 * run as `npm run lint`.
 */
import tseslint from 'typescript-eslint';
import { ignored } from './oxlint.config.mjs';

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

export default tseslint.config(
  { ignores: [...ignored, '**/*.mjs'] },
  // oxlint tells which directives are unused.
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' }, rules: { 'no-octal': 'error' } },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      // One program for everything: the projects of `tsc -b` would each read the ones they build on again.
      parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'error',
      'no-restricted-syntax': ['error', ...noSyntax],
    },
  },
  {
    files: ['client/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noSyntax, ...noForeignLinks] },
  },
);
