import { canonicalHeader } from '@omnia-buildstream/core/mapping/columns';

/** Index of a column in the lab's mapping files. */
export function columnIndex(name: (typeof canonicalHeader)[number]): number {
  return canonicalHeader.indexOf(name);
}
