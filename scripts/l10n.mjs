/**
 * `npm run l10n`: collects every English text that can reach the user in the editor into l10n/bundle.l10n.json, from
 * which translations are made. A contract test calls {@link collectTexts} to check that the file is up to date.
 *
 * The client's texts are arguments of `vscode.l10n.t`. Those of the packages and the server are constants called
 * `messages`, `…Messages`, `…Texts`, `advices` or `strings`: they are rendered elsewhere, so no call names them.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionalGroups } from '@omnia-buildstream/core/mapping/functionalGroups';
import ts from 'typescript';
import { root } from './paths.mjs';

/** Files whose texts are rendered elsewhere. */
const wordless = ['packages/{core,engine,gitlab,http,oim,provision,redfish,runner}/src/**/*.ts', 'server/src/**/*.ts'];
const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

/** @returns {Record<string, string>} each text mapped to itself, sorted */
export function collectTexts() {
  const texts = new Set([
    ...globSync('client/src/**/*.ts', { cwd: root }).flatMap(calledTexts),
    ...globSync(wordless, { cwd: root }).flatMap(constantTexts),
    ...functionalGroups.map(({ description }) => description),
  ]);
  return Object.fromEntries([...texts].sort().map((text) => [text, text]));
}

/**
 * The first arguments of `vscode.l10n.t`.
 * @param {string} file
 * @returns {string[]}
 */
function calledTexts(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  if (!text.includes('l10n.t')) return [];
  const source = sourceOf(file, text);
  /** @type {string[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'vscode.l10n.t') {
      const [first] = node.arguments;
      if (first !== undefined && ts.isStringLiteralLike(first)) texts.push(first.text);
      // A name refers to a constant whose text is collected where it is defined. Anything else would be lost silently.
      else if (first === undefined || !ts.isIdentifier(first)) throw new Error(`${file}: ${node.getText(source)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

/**
 * @param {string} file
 * @param {string} text
 */
function sourceOf(file, text) {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function constantTexts(file) {
  const source = sourceOf(file, readFileSync(path.join(root, file), 'utf8'));
  /** @type {string[]} */
  const texts = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    const isNamed = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node);
    const isTexts = isNamed && /^(messages|\w+(Messages|Texts)|strings|advices)$/.test(node.name.getText(source));
    const value = isTexts ? literalOf(node.initializer) : undefined;
    if (value === undefined) ts.forEachChild(node, visit);
    else value.properties.forEach(collect);
  };
  /** @param {ts.ObjectLiteralElementLike} property */
  const collect = (property) => {
    if (!ts.isPropertyAssignment(property)) return;
    if (ts.isStringLiteralLike(property.initializer)) texts.push(property.initializer.text);
    else literalOf(property.initializer)?.properties.forEach(collect);
  };
  visit(source);
  return texts;
}

/**
 * The object literal behind `{ … } as const satisfies T`.
 * @param {ts.Expression | undefined} expression
 * @returns {ts.ObjectLiteralExpression | undefined}
 */
function literalOf(expression) {
  let inner = expression;
  while (inner !== undefined && (ts.isAsExpression(inner) || ts.isSatisfiesExpression(inner))) inner = inner.expression;
  return inner !== undefined && ts.isObjectLiteralExpression(inner) ? inner : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(bundleFile, `${JSON.stringify(collectTexts(), null, 2)}\n`);
}
