import { isIpv4 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { everywhere, traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import { suggestValue } from './suggest.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  bad: "'{value}' is not a valid IPv4 address. Expected four numbers from 0 to 255, without leading zeros or a mask.",
  repair: "Change to '{value}'",
  next: 'Use the next free address {value}',
} as const;

function columnsOf(version: OmniaVersion): readonly ColumnName[] {
  const { infiniband, dualStack } = traitsOf(version);
  return ['ADMIN_IP', 'BMC_IP', ...(infiniband ? ['IB_IP' as const] : []), ...(dualStack ? ['IB_IPV4' as const] : [])];
}

/** Rules 10 and 12 of omnia.md section 1.3. */
export const badIpv4: Rule = {
  code: 'bad-ipv4',
  levels: everywhere('error'),
  messages,
  checkRow(row, scope) {
    for (const column of columnsOf(scope.version)) {
      const value = row.text[column];
      if (value !== '' && !isIpv4(value)) reportBad(scope, row, column, messages.bad, isIpv4);
    }
  },
  fixes(finding, scope) {
    const shown = showValue(finding, scope);
    if (shown !== undefined) return shown;
    const repaired = repairIpv4(subject(finding, scope)?.value ?? '');
    return repaired === undefined ? [] : replaceValue(finding, scope, repaired, messages.repair, true);
  },
  /** Another address does not repair one that only contains an extra character. */
  suggestions: (finding, scope) =>
    finding.message === messages.hidden ? [] : suggestValue(finding, scope, messages.next),
};

/** The address without mask, blanks and leading zeros, when that makes it one. */
function repairIpv4(text: string): string | undefined {
  const candidate = text
    .replace(/\/[0-9]{1,2}$/, '')
    .replace(/\s+/g, '')
    .replace(/(^|\.)0+(?=[0-9])/g, '$1');
  return isIpv4(candidate) ? candidate : undefined;
}
