import type { Check, CheckKind } from '@omnia-buildstream/engine/validate/check';

/** What a validate stage is going to contact, shown to the user in advance. */
export interface Contact {
  readonly kind: CheckKind;
  /** Undefined if the check has no port of its own: names are looked up at a resolver, and logins use the SSH port. */
  readonly port: number | undefined;
  readonly addresses: readonly string[];
}

/** Contacts by kind and port, in the order in which the checks first name them. */
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
