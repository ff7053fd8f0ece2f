import type { Range } from '../../text/position.ts';
import { listLimit } from '../limits.ts';
import { stringOf, type FailedNodesDocument } from '../../failedNodes/document.ts';
import { openingOf } from '../../failedNodes/places.ts';

/** One entry of the list by the name of its node. */
export interface EntrySymbol {
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  readonly range: Range;
  readonly selectionRange: Range;
}

/** The entries by hostname, else by address. */
export function outlineEntries(document: FailedNodesDocument): EntrySymbol[] {
  return document.entries.slice(0, listLimit).map((entry) => {
    const { fields, range, index } = entry;
    const names = ['hostname', 'bmc_ip', 'service_tag'].map((key) => [fields.get(key), stringOf(fields, key)] as const);
    const [field, name] = names.find(([, value]) => value !== undefined && value.trim() !== '') ?? [];
    const details = [stringOf(fields, 'bmc_ip'), stringOf(fields, 'status')];
    return {
      name: name ?? `#${String(index + 1)}`,
      detail: details.filter((part) => part !== undefined && part !== name).join(' · '),
      range,
      selectionRange: field?.range ?? openingOf(document, entry),
    };
  });
}
