/**
 * Parses the address of the BuildStreaM API from a setting or user input, with or without the prefix `/api/v1`.
 * Undefined if it is not valid. Secrets are sent there, so it must be HTTPS and must not contain a user or password.
 */
export function apiAddressOf(text: string): URL | undefined {
  const trimmed = text.trim();
  const address = /^[\w.-]+(:\d+)?$/.test(trimmed) ? `https://${trimmed}` : trimmed;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const { protocol, username, password } = url;
  if (protocol !== 'https:' || username !== '' || password !== '') return undefined;
  url.search = '';
  url.hash = '';
  return url;
}

/** The key under which a client is stored. It is the same for all spellings of an API's address. */
export function apiKeyOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/(?:api\/v1\/?)?$/, '')}`;
}
