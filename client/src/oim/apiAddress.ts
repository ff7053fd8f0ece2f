/**
 * Address of the BuildStreaM API as a setting or a person gives it, with or without its prefix `/api/v1`; undefined when
 * it is none. Secrets go there, so it is HTTPS, and has no user or password in it.
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

/** What a client is stored under: the same API gives the same key, however its address is written. */
export function apiKeyOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.replace(/\/(?:api\/v1\/?)?$/, '')}`;
}
