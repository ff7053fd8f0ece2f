import type { ColumnName } from '../mapping/columns.ts';
import { levels } from '../mapping/versions.ts';
import { suggestValue } from './suggest.ts';
import type { Rule } from './rule.ts';

const messages = {
  SERVICE_TAG:
    'The validator accepts a node without SERVICE_TAG, but the next step needs the tag to identify the node.',
  BMC_IP:
    'The validator accepts a node without BMC_IP. The newest restart stage of Omnia 2.3 stops on it before it boots a node; an older one skips the node. The files do not tell which one is installed.',
  fill: 'Fill in {value}',
} as const;

const columns: readonly (ColumnName & keyof typeof messages)[] = ['SERVICE_TAG', 'BMC_IP'];

/** Cells that 2.3's validator allows to be empty but its later steps need (omnia.md sections 1.1, 1.2 and 4.1). */
export const neededLater: Rule = {
  code: 'needed-later',
  levels: levels({ '2.3': 'warning' }),
  messages,
  checkRow(row, scope) {
    for (const column of columns) {
      if (row.text[column] === '') scope.report(scope.at(row, column), messages[column]);
    }
  },
  suggestions: (finding, scope) => suggestValue(finding, scope, messages.fill),
};
