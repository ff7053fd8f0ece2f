import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text of the client and where it is shown. */
export interface ShownText {
  /** `client/src/…:12` */
  readonly place: string;
  readonly kind: 'toast' | 'button';
  readonly text: string;
}

const toasts: ReadonlySet<string> = new Set(['showInformationMessage', 'showWarningMessage', 'showErrorMessage']);

/** The texts of notifications, and of the buttons of notifications and questions, as far as they stand in the code. */
export function shownTexts(root: string): ShownText[] {
  return globSync('client/src/**/*.ts', { cwd: root }).flatMap((file) => textsIn(root, file));
}

function textsIn(root: string, file: string): ShownText[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const known = namedTexts(source);
  const isErrorWords = file.startsWith('client/src/errors/');
  const found: ShownText[] = [];
  const add = (kind: ShownText['kind'], node: ts.Node | undefined): void => {
    if (node === undefined) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const place = `${file}:${String(line + 1)}`;
    for (const text of textsOf(node, known)) found.push({ place, kind, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name } = node.expression;
      const isWindow = node.expression.expression.getText(source) === 'window';
      if (isWindow && toasts.has(name.text)) {
        add('toast', node.arguments[0]);
        for (const button of node.arguments.slice(1)) add('button', button);
      }
      if (isWindow && name.text === 'ask') for (const button of node.arguments.slice(2)) add('button', button);
    }
    // What is refused, and every failure, is shown as a notification (client/src/errors/presentError.ts).
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'refused') add('toast', node.arguments[0]);
    if (isErrorWords && ts.isCallExpression(node) && node.expression.getText(source) === 'vscode.l10n.t')
      add('toast', node);
    if (ts.isPropertyAssignment(node) && /^buttons?$/.test(node.name.getText(source))) add('button', node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What constants and functions of a file are made of, by name. */
function namedTexts(source: ts.SourceFile): ReadonlyMap<string, ts.Node> {
  const known = new Map<string, ts.Node>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      known.set(node.name.text, node.initializer);
    if (ts.isFunctionDeclaration(node) && node.name !== undefined && node.body !== undefined)
      known.set(node.name.text, node.body);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return known;
}

/** The texts that an expression may give: of `vscode.l10n.t`, through names and both ways of a condition. */
function textsOf(node: ts.Node, known: ReadonlyMap<string, ts.Node>, levels = 3): string[] {
  if (levels === 0) return [];
  if (ts.isCallExpression(node)) {
    const called = node.expression.getText();
    const [first] = node.arguments;
    if (called === 'vscode.l10n.t') return first !== undefined && ts.isStringLiteralLike(first) ? [first.text] : [];
    const body = ts.isIdentifier(node.expression) ? known.get(node.expression.text) : undefined;
    return body === undefined ? [] : textsOf(body, known, levels - 1);
  }
  if (ts.isIdentifier(node)) {
    const value = known.get(node.text);
    return value === undefined ? [] : textsOf(value, known, levels - 1);
  }
  const texts: string[] = [];
  ts.forEachChild(node, (child) => {
    texts.push(...textsOf(child, known, levels));
  });
  return texts;
}
