import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text of the client, and where it is shown. */
export interface ShownText {
  /** `client/src/…:12` */
  readonly place: string;
  readonly kind: 'toast' | 'button';
  readonly text: string;
}

const toasts: ReadonlySet<string> = new Set(['showInformationMessage', 'showWarningMessage', 'showErrorMessage']);
/** Names of buttons where they are created or chosen from several, and where they are passed on. */
const isButton = /^(?:buttons?|\w+Button|checkFirst)$/;
const handsButtons = /^(?:buttons?|ways)$/;
/** Buttons whose texts come from a table in the packages: `say(title)` of the possible actions at a BMC. */
const tablesOfButtons = ['packages/core/src/restart/recoveryAct.ts'];

type Named = ReadonlyMap<string, readonly ts.Node[]>;

interface Source {
  readonly file: string;
  readonly source: ts.SourceFile;
}

/** The texts of notifications, and of the buttons of notifications and questions, anywhere in the client. */
export function shownTexts(root: string): ShownText[] {
  const read = (file: string): Source => {
    const text = readFileSync(path.join(root, file), 'utf8');
    return { file, source: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
  };
  const sources = globSync('client/src/**/*.ts', { cwd: root }).map(read);
  const exported = mergedNames(sources.map(({ source }) => namesOf(source, isExported)));
  return [
    ...sources.flatMap((source) => textsIn(source, exported)),
    ...tablesOfButtons.map(read).flatMap(({ file, source }) => titlesIn(file, source)),
  ];
}

function textsIn({ file, source }: Source, exported: Named): ShownText[] {
  const known = new Map([...exported, ...namesOf(source, () => true)]);
  const isErrorWords = file.startsWith('client/src/errors/');
  const found: ShownText[] = [];
  const add = (kind: ShownText['kind'], node: ts.Node | undefined): void => {
    if (node === undefined) return;
    const place = placeOf(file, source, node);
    for (const text of textsOf(node, known)) found.push({ place, kind, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const { expression, arguments: given } = node;
      const called = expression.getText(source);
      const shows = ts.isPropertyAccessExpression(expression) && expression.expression.getText(source) === 'window';
      if (shows && toasts.has(expression.name.text)) {
        add('toast', given[0]);
        for (const button of given.slice(1)) add('button', button);
      }
      if (shows && expression.name.text === 'ask') for (const button of given.slice(2)) add('button', button);
      // A refusal, and every failure, is shown as a notification (client/src/errors/presentError.ts).
      if (called === 'refused') add('toast', given[0]);
      if (isErrorWords && called === 'vscode.l10n.t') add('toast', node);
    }
    if (ts.isPropertyAssignment(node) && handsButtons.test(node.name.getText(source))) add('button', node.initializer);
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
      const { name, initializer } = node;
      if (ts.isIdentifier(name) && isButton.test(name.text)) add('button', initializer);
      if (ts.isArrayBindingPattern(name)) for (const one of chosen(name, initializer, source)) add('button', one);
    }
    if (ts.isFunctionDeclaration(node) && node.name !== undefined && isButton.test(node.name.text))
      add('button', node.body);
    // The next step after an error: its title is a button (client/src/errors/errorWords.ts).
    if (isErrorWords && ts.isPropertyAssignment(node) && node.name.getText(source) === 'title')
      add('button', node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function titlesIn(file: string, source: ts.SourceFile): ShownText[] {
  const found: ShownText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'title' && ts.isStringLiteral(node.initializer))
      found.push({ place: placeOf(file, source, node), kind: 'button', text: node.initializer.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function placeOf(file: string, source: ts.SourceFile, node: ts.Node): string {
  return `${file}:${String(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1)}`;
}

/** Of `const [question, button] = one ? [a, b] : [c, d]`: b and d. */
function chosen(name: ts.ArrayBindingPattern, value: ts.Expression, source: ts.SourceFile): ts.Node[] {
  const places = name.elements.flatMap((element, index) =>
    ts.isBindingElement(element) && isButton.test(element.name.getText(source)) ? [index] : [],
  );
  const listsIn = (node: ts.Expression): ts.ArrayLiteralExpression[] => {
    if (ts.isParenthesizedExpression(node)) return listsIn(node.expression);
    if (ts.isConditionalExpression(node)) return [...listsIn(node.whenTrue), ...listsIn(node.whenFalse)];
    return ts.isArrayLiteralExpression(node) ? [node] : [];
  };
  return listsIn(value).flatMap((list) => places.flatMap((place) => list.elements[place] ?? []));
}

function isExported(node: ts.FunctionDeclaration | ts.VariableStatement): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

/** The values of constants and the bodies of functions in a file, by name. */
function namesOf(
  source: ts.SourceFile,
  wanted: (node: ts.FunctionDeclaration | ts.VariableStatement) => boolean,
): Named {
  const known = new Map<string, ts.Node[]>();
  const note = (name: string, node: ts.Node): void => {
    known.set(name, [...(known.get(name) ?? []), node]);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isVariableStatement(node) && wanted(node)) {
      for (const { name, initializer } of node.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer !== undefined) note(name.text, initializer);
    }
    if (ts.isFunctionDeclaration(node) && node.name !== undefined && node.body !== undefined && wanted(node))
      note(node.name.text, node.body);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return known;
}

function mergedNames(all: readonly Named[]): Named {
  const merged = new Map<string, ts.Node[]>();
  for (const names of all) for (const [name, nodes] of names) merged.set(name, [...(merged.get(name) ?? []), ...nodes]);
  return merged;
}

/**
 * The possible texts of an expression: from `vscode.l10n.t`, followed through names, calls and both branches of a
 * condition.
 */
function textsOf(node: ts.Node, known: Named, levels = 3): string[] {
  if (levels === 0) return [];
  const named = (name: string): string[] =>
    (known.get(name) ?? []).flatMap((value) => textsOf(value, known, levels - 1));
  if (ts.isCallExpression(node)) {
    const called = node.expression.getText();
    const [first] = node.arguments;
    if (called === 'vscode.l10n.t') return first !== undefined && ts.isStringLiteralLike(first) ? [first.text] : [];
    return ts.isIdentifier(node.expression) ? named(node.expression.text) : [];
  }
  if (ts.isIdentifier(node)) return named(node.text);
  if (ts.isPropertyAccessExpression(node)) return [];
  // A condition is not shown.
  if (ts.isConditionalExpression(node))
    return [node.whenTrue, node.whenFalse].flatMap((way) => textsOf(way, known, levels));
  if (ts.isIfStatement(node))
    return [node.thenStatement, ...(node.elseStatement === undefined ? [] : [node.elseStatement])].flatMap((way) =>
      textsOf(way, known, levels),
    );
  const texts: string[] = [];
  ts.forEachChild(node, (child) => {
    texts.push(...textsOf(child, known, levels));
  });
  return texts;
}
