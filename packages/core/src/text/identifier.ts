const identifier = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/;

/** Whether a text can be an identifier of a job or run: Omnia's are UUIDs; nothing that a shell would act on. */
export function isIdentifier(text: string): boolean {
  return identifier.test(text);
}
