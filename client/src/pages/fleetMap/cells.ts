import type { NodeMark } from './marks.ts';

/** Ways to group nodes: GROUP_NAME (rack or scalable unit), role, or the node that serves them. */
export const groupings = ['group', 'role', 'parent'] as const;
export type Grouping = (typeof groupings)[number];

/** A node as the map knows it. Its texts come from other people's files and are shown as text only. */
export interface MapCell {
  readonly id: string;
  readonly name: string;
  readonly mark: NodeMark;
  /** Titles of the sections that it belongs to. */
  readonly sections: Readonly<Record<Grouping, string>>;
  /** As a screen reader speaks it in the Nodes view, including the name. */
  readonly spoken: string;
  readonly bmcIp: string;
  readonly serviceTag: string;
  /** Context value for `when` clauses in package.json. */
  readonly context: string;
}

/** Cells under one title; `first` is the position of the first of them on the map. */
export interface Section {
  readonly title: string;
  readonly first: number;
  readonly count: number;
}

export interface Arrangement {
  /** Every cell once, section by section. */
  readonly cells: readonly MapCell[];
  readonly sections: readonly Section[];
}

const names = new Intl.Collator(undefined, { numeric: true });

/** Sections sorted by name; each keeps the order of the mapping file. */
export function arrange(cells: readonly MapCell[], by: Grouping): Arrangement {
  const found = new Map<string, MapCell[]>();
  for (const cell of cells) {
    const title = cell.sections[by];
    const members = found.get(title);
    if (members === undefined) found.set(title, [cell]);
    else members.push(cell);
  }
  const sorted = [...found].sort(([one], [other]) => names.compare(one, other));
  const sections: Section[] = [];
  let first = 0;
  for (const [title, { length: count }] of sorted) {
    sections.push({ title, first, count });
    first += count;
  }
  return { cells: sorted.flatMap(([, members]) => members), sections };
}
