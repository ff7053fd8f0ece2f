import { failuresOf } from './failures.ts';

const linesBefore = 8;
const linesAfter = 12;
/** If a playbook fails on every node, the first failures show what is wrong. */
const mostFailures = 12;
const lastLines = 60;

/** A part of a log with its line numbers, from 1. */
export interface LogExcerpt {
  /** Number of failures found. 0 means that these are the last lines. */
  readonly failures: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
  readonly totalLines: number;
}

/**
 * What is worth reading in a log: the lines around its failures, including the last one, or the end of the log if it
 * has none.
 * @param lines text without colors
 */
export function aroundFailures(lines: readonly string[]): LogExcerpt {
  const failures = failuresOf(lines);
  const last = failures.at(-1);
  const chosen = last === undefined ? [] : [...failures.slice(0, mostFailures - 1), last];
  const wanted = new Set(chosen.flatMap(({ line }) => around(line)));
  const isShown = (index: number): boolean =>
    last === undefined ? index >= lines.length - lastLines : wanted.has(index);
  const shown = lines.flatMap((text, index) => (isShown(index) ? [{ number: index + 1, text }] : []));
  return { failures: failures.length, lines: shown, totalLines: lines.length };
}

function around(line: number): number[] {
  return Array.from({ length: linesBefore + 1 + linesAfter }, (_, index) => line - linesBefore + index);
}
