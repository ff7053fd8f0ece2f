import { levels } from '../mapping/versions.ts';
import { replaceValue, subject } from './helpers.ts';
import { hiddenMessages, reportBad, showValue } from './hiddenValue.ts';
import type { Rule } from './rule.ts';

const messages = {
  ...hiddenMessages,
  bad: "'{value}' is not a valid iDRAC name of an InfiniBand port. Use InfiniBand.Slot.7-1, InfiniBand.PCIe.Slot.b5-1, NIC.InfiniBand.1-1 or InfiniBand.Single-1.",
  repair: "Change to '{value}'",
} as const;

const slot = /^(?:InfiniBand\.PCIe\.Slot\.|InfiniBand\.Slot\.|NIC\.InfiniBand\.)[0-9a-fA-F]+-[0-9]+$/;
const single = /^InfiniBand\.Single-[0-9]+$/;
const prefixes = ['InfiniBand.PCIe.Slot.', 'InfiniBand.Slot.', 'NIC.InfiniBand.', 'InfiniBand.Single-'] as const;

/** Rule 19 of omnia.md section 1.3; the same in 2.3. */
export const badIbNic: Rule = {
  code: 'bad-ib-nic',
  levels: levels({ '2.2': 'error' }),
  messages,
  checkRow(row, scope) {
    const value = row.text.IB_NIC_NAME;
    if (value === '' || isIbNic(value)) return;
    reportBad(scope, row, 'IB_NIC_NAME', messages.bad, isIbNic);
  },
  fixes(finding, scope) {
    const shown = showValue(finding, scope);
    if (shown !== undefined) return shown;
    const value = subject(finding, scope)?.value ?? '';
    const prefix = prefixes.find((candidate) => value.toLowerCase().startsWith(candidate.toLowerCase()));
    const candidate = prefix === undefined ? '' : prefix + value.slice(prefix.length);
    return isIbNic(candidate) ? replaceValue(finding, scope, candidate, messages.repair, true) : [];
  },
};

function isIbNic(value: string): boolean {
  return slot.test(value) || single.test(value);
}
