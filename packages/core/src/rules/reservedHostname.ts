import { everywhere } from '../mapping/versions.ts';
import type { Rule } from './rule.ts';
import { suggestValue } from './suggest.ts';

const messages = {
  reserved: "'{value}' is reserved by Omnia. Use another name.",
  next: 'Use the next free hostname {value}',
} as const;

export const reservedHostnames: ReadonlySet<string> = new Set(['localhost', 'gateway', 'dns']);

/** Omnia's documentation reserves these names; no validator refuses them (omnia.md section 1.7). */
export const reservedHostname: Rule = {
  code: 'reserved-hostname',
  levels: everywhere('warning'),
  messages,
  checkRow(row, scope) {
    const value = row.text.HOSTNAME;
    if (reservedHostnames.has(value.toLowerCase()))
      scope.report(scope.at(row, 'HOSTNAME'), messages.reserved, { value });
  },
  suggestions: (finding, scope) => suggestValue(finding, scope, messages.next),
};
