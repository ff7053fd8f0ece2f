import { strip } from '../text/pythonText.ts';
import { parseNames, type NameList } from './jsonNames.ts';
import type { Parsed } from './problem.ts';

const list: NameList = {
  code: 'catalog-invalid',
  path: [['catalog'], ['functionallayer']],
  nameKeys: ['name'],
  messages: {
    notJson: 'The catalog is not JSON: {reason}',
    noList: 'The catalog has no list "catalog.functionallayer".',
    nameless: 'This functional layer has no "name", so it is ignored.',
  },
};

/** Catalogs of 2.1 and 2.2 write the keys with capitals. 2.3 finds no names in such a catalog and skips the check. */
const olderList: NameList = { ...list, path: [['Catalog'], ['FunctionalLayer']], nameKeys: ['Name'] };

/**
 * Reads the names in `catalog.functionallayer` of a catalog (omnia.md section 1.6, not-in-catalog), stripped as Omnia
 * does. Never throws. Without any name the check is skipped.
 */
export function parseCatalog(text: string): Parsed<ReadonlySet<string>> {
  const { value, problems } = parseNames(text, list);
  if (value !== undefined) return { value: new Set([...value].map(strip)), problems };
  const isOlder = parseNames(text, olderList).value !== undefined;
  return isOlder ? { value: new Set(), problems: [] } : { value, problems };
}
