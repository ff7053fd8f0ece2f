import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { transportTexts } from '@omnia-buildstream/http/client/transportTexts';
import { certificateTexts } from '@omnia-buildstream/http/tls/certificateTexts';
import { adviceFor, newBuildTexts } from '@omnia-buildstream/oim/errors/advice';
import { errorTexts } from '@omnia-buildstream/oim/errors/texts';
import { endTexts, failureTexts, nodeTexts, orderTexts, stageTexts } from '@omnia-buildstream/oim/stage/texts';
import ts from 'typescript';
import { collectTexts } from '../../scripts/l10n.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const bundle = readBundle('l10n/bundle.l10n.json');
const translations = globSync('l10n/bundle.l10n.*.json', { cwd: root });

test('l10n/bundle.l10n.json has every text that reaches the user; otherwise: npm run l10n', () => {
  assert.deepEqual(bundle, collectTexts());
});

test('the texts of every rule can be translated', () => {
  const texts = mappingRules.flatMap(({ messages }) => Object.values(messages));
  assert.deepEqual(
    texts.filter((text) => bundle[text] === undefined),
    [],
  );
});

test('the words of the BuildStreaM API can be translated', () => {
  const tables = [
    errorTexts,
    stageTexts,
    endTexts,
    failureTexts,
    nodeTexts,
    orderTexts,
    newBuildTexts,
    transportTexts,
    certificateTexts,
  ];
  const advice = [400, 401, 404, 409, 412, 503]
    .flatMap((status) => [...adviceFor(status, '', true), ...adviceFor(status, '', false)])
    .map(({ message }) => message);
  assert.deepEqual(
    [...tables.flatMap((table) => Object.values(table)), ...advice].filter((text) => bundle[text] === undefined),
    [],
  );
});

test('a phrase takes its template from a table, where it is found', () => {
  const literal = globSync(['packages/*/src/**/*.ts', 'client/src/**/*.ts'], { cwd: root }).filter((file) =>
    /\bphrase\(\s*['"`]/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  assert.deepEqual(literal, []);
});

/** Code that writes files for machines or quotes Omnia, and below, files with texts that no one sees. */
const notForPeople = [
  'packages/provision/src/files/dnsmasq*.ts',
  'packages/provision/src/files/ipxeScript.ts',
  'packages/engine/src/validate/report/render.ts',
];
const noText = new Set(['identity.ts', 'failure.ts', 'bootState.ts']);

test('what the engine, the provisioners and the probes say stands in tables, where it can be translated', () => {
  const files = globSync('packages/{engine,provision,redfish}/src/**/*.ts', { cwd: root, exclude: notForPeople });
  const found = files
    .filter((file) => !noText.has(path.basename(file)))
    .flatMap((file) => sentencesOutside(path.join(root, file)).map((text) => `${file}: ${text}`));
  assert.deepEqual(
    found.filter((text) => !allowed.test(text)),
    [],
  );
});

/** The report of validate is a file; programming errors and reasons to abort are never shown. */
const allowed =
  /runValidate\.ts|onAbort\.ts|runRestart\.ts: stopped at once|image\.ts: .*marker file|phoneHome\.ts: the report is/;

/** Texts with two consecutive words that are not in a table of texts. */
function sentencesOutside(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isVariableDeclaration(node) && node.name.getText(source).endsWith('Texts')) return;
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.getText(source) : '';
    if (/[a-z]{2} [a-z]/.test(text)) found.push(text.slice(0, 80));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test('the client calls vscode.l10n.t by its full name, by which its texts are found', () => {
  const aliased = globSync('client/src/**/*.ts', { cwd: root }).filter((file) =>
    /\{ ?t\b.*= vscode\.l10n|import \{.*\bl10n\b/.test(readFileSync(path.join(root, file), 'utf8')),
  );
  assert.deepEqual(aliased, []);
});

for (const file of translations) {
  const translation = readBundle(file);

  test(`${file} translates texts that exist, with their placeholders`, () => {
    for (const [text, translated] of Object.entries(translation)) {
      assert.ok(bundle[text] !== undefined, `no such text: ${text}`);
      assert.deepEqual(placeholders(translated), placeholders(text), text);
    }
  });

  test(`${file} has every text`, () => {
    assert.deepEqual(
      Object.keys(bundle).filter((text) => translation[text] === undefined),
      [],
    );
  });
}

function readBundle(file: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}
