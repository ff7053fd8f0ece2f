/** The few rules that oxlint lacks, for ESLint. oxlint.config.mjs has nearly all rules. `npm run lint` runs both. */
import tseslint from 'typescript-eslint';
import { ignored } from './oxlint.config.mjs';

/** Syntax bans that apply everywhere. If a later entry configures the same rule, its list replaces this one. */
const noSyntax = [
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Export by name: one thing then has one name everywhere.',
  },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines the thing.' },
];
const throughSafeWindow =
  'VS Code makes links that run out of any text: use `window` of client/src/platform/window.ts, which lets none through.';
/** The members of `vscode.window` that show text. The safe window has all of them that we need. */
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
  // oxlint reports unused directives.
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' }, rules: { 'no-octal': 'error' } },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      // One program for all files: the projects of `tsc -b` would each read the projects that they build on again.
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
