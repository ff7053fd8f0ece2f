import type { Check, CheckKind } from '@omnia-buildstream/engine/validate/check';

/** What a validate stage is going to contact, for people to read before. */
export interface Contact {
  readonly kind: CheckKind;
  /** undefined: none of the node's own (its name is asked of a resolver, and logins go to the port of SSH). */
  readonly port: number | undefined;
  readonly addresses: readonly string[];
}

/** Contacts by kind and port, in the order in which the checks name them first. */
export function contactsOf(checks: readonly Check[]): Contact[] {
  const found = new Map<string, { kind: CheckKind; port: number | undefined; addresses: string[] }>();
  for (const check of checks) {
    const port = 'port' in check ? check.port : undefined;
    const key = `${check.kind} ${String(port)}`;
    const contact = found.get(key) ?? { kind: check.kind, port, addresses: [] };
    contact.addresses.push(check.kind === 'name' ? check.hostname : check.address);
    found.set(key, contact);
  }
  return [...found.values()];
}
