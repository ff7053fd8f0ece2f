/** A hostname or address that no program mistakes for an option, and no shell for anything else. */
export function isSafeHost(text: string): boolean {
  return /^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/.test(text) && text.length <= 253;
}

export function isSafeUser(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/.test(text);
}
