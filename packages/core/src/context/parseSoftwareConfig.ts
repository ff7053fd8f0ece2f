import { parseNames, type NameList } from './jsonNames.ts';
import type { Parsed } from './problem.ts';

const list: NameList = {
  code: 'software-config-invalid',
  path: [['softwares']],
  nameKeys: ['name'],
  messages: {
    notJson: 'software_config.json is not JSON: {reason}',
    noList: 'software_config.json has no list "softwares".',
    nameless: 'This entry has no "name", so it is ignored.',
  },
};

/** Reads the names in `softwares` of software_config.json (omnia.md section 1.3, rule 27). Never throws. */
export function parseSoftwareConfig(text: string): Parsed<ReadonlySet<string>> {
  return parseNames(text, list);
}
