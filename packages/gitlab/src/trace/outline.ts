import type { TraceLine } from './lines.ts';

/** A section of a log, for folding and for an outline. */
export interface TraceSection {
  readonly name: string;
  /** Text of its first line, or the name if that is blank. */
  readonly title: string;
  /** Index of its first and last line. A section that has not ended extends to the end of the log. */
  readonly startLine: number;
  readonly endLine: number;
  readonly durationMs: number | undefined;
  readonly isCollapsed: boolean;
  /** Number of sections around it. */
  readonly depth: number;
}

interface OpenSection {
  readonly name: string;
  readonly title: string;
  readonly startLine: number;
  readonly startMs: number;
  readonly isCollapsed: boolean;
  readonly depth: number;
}

/** The sections of a log in the order of their starts. An end without a start is ignored. */
export function outline(lines: readonly TraceLine[]): TraceSection[] {
  const open: OpenSection[] = [];
  const done: TraceSection[] = [];
  lines.forEach(({ sections, text }, index) => {
    for (const { kind, name, timeMs, isCollapsed } of sections) {
      if (kind === 'start') {
        const title = text.trim() === '' ? name : text;
        open.push({ name, title, startLine: index, startMs: timeMs, isCollapsed, depth: open.length });
        continue;
      }
      const at = open.findLastIndex((section) => section.name === name);
      if (at === -1) continue;
      // Sections that were opened inside and never closed end here too.
      for (const section of open.splice(at).reverse())
        done.push(close(section, Math.max(section.startLine, index - 1), timeMs));
    }
  });
  for (const section of open) done.push(close(section, lines.length - 1, undefined));
  return done.sort((a, b) => a.startLine - b.startLine || a.depth - b.depth);
}

function close({ startMs, ...section }: OpenSection, endLine: number, endMs: number | undefined): TraceSection {
  return { ...section, endLine, durationMs: endMs === undefined ? undefined : endMs - startMs };
}
