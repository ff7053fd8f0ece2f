import { stripAnsi } from './ansi.ts';
import { coloursOf, type ColourSpan } from './colours.ts';
import { failuresOf, type LogFailure } from './failures.ts';
import type { TraceLine } from './lines.ts';
import { outline, type TraceSection } from './outline.ts';

/** A finished log as an editor shows it: plain text, and information about its lines. */
export interface LogDocument {
  readonly text: string;
  /** In the order of their starts, with titles without colors. */
  readonly sections: readonly TraceSection[];
  readonly failures: readonly LogFailure[];
  /** The colored parts of the lines from `from` to before `to`, by line: there are too many to keep them all. */
  readonly coloursIn: (from: number, to: number) => ReadonlyMap<number, readonly ColourSpan[]>;
  readonly lineCount: number;
}

/** Joins lines that the runner cut. */
export function readDocument(pieces: readonly TraceLine[]): LogDocument {
  const lines = joined(pieces);
  const coloured = lines.map(({ text }) => text);
  const plain = coloured.map(stripAnsi);
  return {
    text: plain.join('\n'),
    sections: outline(lines).map((section) => ({ ...section, title: stripAnsi(section.title).trim() })),
    failures: failuresOf(plain),
    coloursIn: (from, to) => coloursOf(coloured, from, to),
    lineCount: lines.length,
  };
}

function joined(pieces: readonly TraceLine[]): TraceLine[] {
  const lines: TraceLine[] = [];
  for (const piece of pieces) {
    const before = piece.isContinued ? lines.pop() : undefined;
    if (before === undefined) lines.push(piece);
    else lines.push({ ...before, text: before.text + piece.text, sections: [...before.sections, ...piece.sections] });
  }
  return lines;
}

/**
 * Where to begin reading the log of a failed job, as a line index from 0: the first failure of the last section that
 * has any, because sections after the script only clean up; else the first failure anywhere; else the end. A failure
 * that names a node or another host takes precedence over a message of a script in the same place.
 */
export function firstErrorLine({ sections, failures, lineCount }: Omit<LogDocument, 'text' | 'coloursIn'>): number {
  const firstIn = ({ startLine, endLine }: TraceSection) =>
    firstOf(failures.filter(({ line }) => line >= startLine && line <= endLine));
  const outer = sections.filter(({ depth }) => depth === 0);
  const inSection = outer.map(firstIn).findLast((failure) => failure !== undefined);
  return (inSection ?? firstOf(failures))?.line ?? Math.max(0, lineCount - 1);
}

function firstOf(failures: readonly LogFailure[]): LogFailure | undefined {
  return failures.find(({ host }) => host !== undefined) ?? failures[0];
}
