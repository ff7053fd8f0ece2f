/**
 * The path and query on its own origin that a server's text (a Location, a link) refers to; undefined for anything that
 * leads elsewhere or is not an address.
 */
export function pathOn(origin: string, text: string, base = '/'): string | undefined {
  const from = `${origin}${base}`;
  if (!URL.canParse(text, from)) return undefined;
  const { origin: found, username, password, pathname, search } = new URL(text, from);
  return found === origin && username === '' && password === '' ? `${pathname}${search}` : undefined;
}
