import { parseNames, type NameList } from './jsonNames.ts';
import type { Parsed } from './problem.ts';

const list: NameList = {
  code: 'catalog-invalid',
  // Catalogs of 2.1 and 2.2 write the same keys with capitals.
  path: [
    ['catalog', 'Catalog'],
    ['functionallayer', 'FunctionalLayer'],
  ],
  nameKeys: ['name', 'Name'],
  messages: {
    notJson: 'The catalog is not JSON: {reason}',
    noList: 'The catalog has no list "catalog.functionallayer".',
    nameless: 'This functional layer has no "name", so it is left out.',
  },
};

/** Reads the names in `catalog.functionallayer` of a catalog (omnia.md section 1.6, not-in-catalog). Never throws. */
export function parseCatalog(text: string): Parsed<ReadonlySet<string>> {
  return parseNames(text, list);
}
