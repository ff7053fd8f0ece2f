/**
 * `npm run l10n`: collects every English text that can reach the user in the editor into l10n/bundle.l10n.json, from
 * which translations are made. A contract test calls {@link collectTexts} to see whether that was forgotten.
 *
 * The client's texts are arguments of `vscode.l10n.t`. Those of the packages and the server are constants called `messages`,
 * `…Messages`, `…Texts`, `advices` or `strings`: they are rendered elsewhere, so no call names them.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionalGroups } from '@omnia-buildstream/core/mapping/functionalGroups';
import { getL10nJson } from '@vscode/l10n-dev';
import ts from 'typescript';
import { root } from './paths.mjs';

/** What is worded elsewhere. */
const wordless = [
  'packages/{core,gitlab,http,oim,redfish,runner}/src/**/*.ts',
  'packages/engine/src/time/*.ts',
  'server/src/**/*.ts',
];
const bundleFile = path.join(root, 'l10n/bundle.l10n.json');

/** @returns {Promise<Record<string, string>>} text to itself, sorted */
export async function collectTexts() {
  const texts = new Set([
    ...(await clientTexts()),
    ...globSync(wordless, { cwd: root }).flatMap(constantTexts),
    ...functionalGroups.map(({ description }) => description),
  ]);
  return Object.fromEntries([...texts].sort().map((text) => [text, text]));
}

/** @returns {Promise<string[]>} */
async function clientTexts() {
  const files = globSync('client/src/**/*.ts', { cwd: root }).map((file) => ({
    extension: '.ts',
    contents: readFileSync(path.join(root, file), 'utf8'),
  }));
  return Object.keys(await getL10nJson(files));
}

/**
 * @param {string} file
 * @returns {string[]}
 */
function constantTexts(file) {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
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
  writeFileSync(bundleFile, `${JSON.stringify(await collectTexts(), null, 2)}\n`);
}
