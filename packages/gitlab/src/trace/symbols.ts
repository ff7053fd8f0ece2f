import type { LogFailure } from './failures.ts';
import type { TraceSection } from './outline.ts';

/** An entry of a log's outline. */
export type LogSymbol =
  | { readonly kind: 'section'; readonly section: TraceSection; readonly children: readonly LogSymbol[] }
  | { readonly kind: 'failure'; readonly failure: LogFailure };

interface Node {
  readonly kind: 'section';
  readonly section: TraceSection;
  readonly children: LogSymbol[];
}

/** More would make the outline unreadable. */
const mostFailures = 2000;

/** Nested sections, with each failure in the innermost section that contains it. */
export function symbolsOf(sections: readonly TraceSection[], failures: readonly LogFailure[]): LogSymbol[] {
  const roots: LogSymbol[] = [];
  const open: Node[] = [];
  const listAt = (line: number): LogSymbol[] => {
    while ((open.at(-1)?.section.endLine ?? line) < line) open.pop();
    return open.at(-1)?.children ?? roots;
  };
  const shown = failures.slice(0, mostFailures).map((failure): LogSymbol => ({ kind: 'failure', failure }));
  const nodes = sections.map((section): Node => ({ kind: 'section', section, children: [] }));
  const all = [...nodes, ...shown].sort((a, b) => lineOf(a) - lineOf(b) || rank(a) - rank(b));
  for (const symbol of all) {
    listAt(lineOf(symbol)).push(symbol);
    if (symbol.kind === 'section') open.push(symbol as Node);
  }
  return roots;
}

function lineOf(symbol: LogSymbol): number {
  return symbol.kind === 'section' ? symbol.section.startLine : symbol.failure.line;
}

/** On the same line the section comes first; `sort` keeps the order of nested sections. */
function rank({ kind }: LogSymbol): number {
  return kind === 'section' ? 0 : 1;
}
