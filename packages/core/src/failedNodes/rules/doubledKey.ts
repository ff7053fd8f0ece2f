import type { DoubledKey } from '../jsonParts.ts';
import type { FailedNodesRule } from '../rule.ts';

const messages = {
  list: 'Duplicate key failed_nodes. The restart stage reads only the last list. Entries above that are not read: {count}.',
  key: "Duplicate key '{key}'. The restart stage reads the last one only: {value} above has no effect.",
  keepLast: 'Remove the earlier {key}',
  keepFirst: 'Remove this {key}',
} as const;

/** Python's parser keeps the last of doubled keys, as a merge with both sides kept makes them (omnia.md section 3.3). */
export const doubledKey: FailedNodesRule = {
  code: 'failed-nodes-doubled-key',
  level: 'warning',
  revives: true,
  messages,
  check({ document: { doubled } }, report) {
    for (const { key, fields } of doubled) {
      const last = fields.at(-1);
      const lost = fields.slice(0, -1);
      if (last === undefined) continue;
      const count = lost.reduce((sum, { node }) => sum + (node.type === 'array' ? (node.children?.length ?? 0) : 0), 0);
      const value = JSON.stringify(lost.at(-1)?.value ?? null);
      if (key === 'failed_nodes') report(last.keyRange, messages.list, { count, key });
      else report(last.keyRange, messages.key, { key, value });
    }
  },
  fixes({ range, params }, { document }) {
    const found = document.doubled.find(({ fields }) => fields.at(-1)?.keyRange.start === range.start);
    if (found === undefined) return [];
    const { key } = found;
    const [first, last] = [found.places.slice(0, -1), found.places.slice(-1)];
    const without = (places: DoubledKey['places']) => places.map((place) => ({ range: place, newText: '' }));
    return [
      { title: messages.keepLast, params: { ...params, key }, edits: without(first) },
      { title: messages.keepFirst, params: { ...params, key }, edits: without(last) },
    ];
  },
};
