/** What GitLab accepts as the name of a variable. */
const validName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const secretName = /token|secret|passw|credential|private|api_?key|(^|_)pw(d)?($|_)|(^|_)key($|_)/i;
/** GitLab tokens, keys, and long texts without blanks that mix letters and digits. */
const secretValue = /^gl[a-z]{2,5}-|PRIVATE KEY-|^(?=\S*\d)(?=\S*[A-Za-z])[\w+/=.~-]{32,}$/;

export interface Variable {
  readonly key: string;
  readonly value: string;
}

/** Reads `NAME=VALUE`; undefined for anything else. The value may be empty and may contain line breaks. */
export function readVariable(text: string): Variable | undefined {
  const at = text.indexOf('=');
  const key = text.slice(0, Math.max(0, at));
  return validName.test(key) ? { key, value: text.slice(at + 1) } : undefined;
}

/** `NAME=VALUE` for people, without values that look like a secret: messages end up in logs and on screens. */
export function shownVariable({ key, value }: Variable): string {
  return `${key}=${looksSecret({ key, value }) ? '•••' : value}`;
}

export function looksSecret({ key, value }: Variable): boolean {
  return secretName.test(key) || secretValue.test(value.trim());
}
