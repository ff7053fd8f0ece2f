/**
 * Path and query that a server's text (a Location header, a link) refers to. Undefined if it leads to another origin,
 * contains credentials or is not a valid URL.
 */
export function pathOn(origin: string, text: string, base = '/'): string | undefined {
  const from = `${origin}${base}`;
  if (!URL.canParse(text, from)) return undefined;
  const { origin: found, username, password, pathname, search } = new URL(text, from);
  return found === origin && username === '' && password === '' ? `${pathname}${search}` : undefined;
}
