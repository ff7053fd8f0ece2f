/** A line that changes, counted from 1 in the old text; undefined for a line that is new at the end. */
export interface ChangedLine {
  readonly line: number;
  readonly before: string | undefined;
  readonly after: string;
}

/** What edits of cells, and rows added at the end, change: the lines before them stay in place. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const [old, now] = [before, after].map((text) => text.split(/\r\n|\n|\r/));
  return (now ?? []).flatMap((line, index): ChangedLine[] => {
    const was = old?.[index];
    if (was === line || (was === undefined && line === '')) return [];
    // The end of the old text is an empty line, which was not removed.
    const isNew = was === undefined || (was === '' && index === (old?.length ?? 0) - 1);
    return [{ line: index + 1, before: isNew ? undefined : was, after: line }];
  });
}
