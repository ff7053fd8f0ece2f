import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A regular expression in the sources. */
export interface FoundExpression {
  /** `file:line` */
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** An expression built from values that are known only at run time, so it cannot be checked in advance. */
interface UnknownExpression {
  readonly place: string;
  readonly text: string;
}

interface Found {
  readonly known: FoundExpression[];
  readonly unknown: UnknownExpression[];
}

/** Every regular expression in these files: literals, and `new RegExp` of constants in the same file. */
export function regularExpressionsIn(root: string, globs: readonly string[]): Found {
  const found: Found = { known: [], unknown: [] };
  for (const file of globSync([...globs], { cwd: root }).sort()) collect(root, file, found);
  return found;
}

function collect(root: string, file: string, { known, unknown }: Found): void {
  const tree = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const constants = constantsOf(tree);
  const visit = (node: ts.Node): void => {
    const place = `${file}:${String(tree.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`;
    if (ts.isRegularExpressionLiteral(node)) known.push({ place, ...partsOf(node.text) });
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp') {
      const [pattern, flags] = node.arguments ?? [];
      const source = pattern === undefined ? undefined : textOf(pattern, constants);
      // A copy of another expression with other flags is checked where the original is.
      const flagText = flags === undefined ? '' : (textOf(flags, constants) ?? '');
      if (source === undefined) unknown.push({ place, text: node.getText() });
      else known.push({ place, source, flags: flagText });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

function partsOf(literal: string): { readonly source: string; readonly flags: string } {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

function constantsOf(tree: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
  const constants = new Map<string, ts.Expression>();
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement) || (statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer !== undefined) constants.set(name.text, initializer);
    }
  }
  return constants;
}

/** The value of a constant expression as regular expression source. Undefined if it is not constant. */
function textOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isRegularExpressionLiteral(node)) return partsOf(node.text).source;
  if (ts.isIdentifier(node)) {
    const value = constants.get(node.text);
    return value === undefined ? undefined : textOf(value, constants);
  }
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source') return textOf(node.expression, constants);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return concatenated([node.left, node.right].map((side) => textOf(side, constants)));
  }
  if (ts.isTaggedTemplateExpression(node)) {
    if (node.tag.getText() !== 'String.raw') return undefined;
    return templateOf(node.template, constants, (part) => part.rawText ?? part.text);
  }
  if (ts.isTemplateExpression(node)) return templateOf(node, constants, (part) => part.text);
  return undefined;
}

function templateOf(
  template: ts.TemplateLiteral,
  constants: ReadonlyMap<string, ts.Expression>,
  text: (part: ts.TemplateLiteralLikeNode) => string,
): string | undefined {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return text(template);
  const spans = template.templateSpans.flatMap(({ expression, literal }) => [
    textOf(expression, constants),
    text(literal),
  ]);
  return concatenated([text(template.head), ...spans]);
}

function concatenated(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join('');
}
