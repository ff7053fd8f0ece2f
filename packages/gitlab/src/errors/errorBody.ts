/** Content of a GitLab error response, in any of its shapes. */
export interface ErrorBody {
  /** The message in words. Undefined if there is none. */
  readonly text: string | undefined;
  /** OAuth style code: `invalid_token`, `insufficient_scope`. */
  readonly code: string | undefined;
  readonly scope: string | undefined;
}

/** Longer texts are error pages of a proxy. */
const longestTextCharacters = 500;
/** GitLab nests a field's messages in the fields of its parent. */
const mostLevels = 8;

/**
 * Reads the body of a response with an error status. Shapes: `{"message": string | {field: [...]} | [...]}`,
 * `{"error", "error_description", "scope"}`, plain text (throttle, proxies). Never throws.
 */
export function readErrorBody(body: string): ErrorBody {
  const value = parse(body);
  if (typeof value !== 'object' || value === null) {
    return { text: typeof value === 'string' ? plainText(value) : undefined, code: undefined, scope: undefined };
  }
  const { message, error, error_description: description, scope } = value as Readonly<Record<string, unknown>>;
  const words = [description, message, error].map((one) => wordsOf(one, mostLevels)).find((text) => text !== '');
  return {
    text: words?.slice(0, longestTextCharacters),
    code: typeof error === 'string' ? error : undefined,
    scope: typeof scope === 'string' ? scope : undefined,
  };
}

/** Whether the body is an HTML page. GitLab's API returns none; gateways and proxies do. */
export function isPage(body: string): boolean {
  return /^\s*<(?:!doctype html|html|head|title)\b/i.test(body);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Text that is not JSON, without the markup of a proxy's error page. */
function plainText(text: string): string | undefined {
  const title = /<title[^<>]*>([^<]*)<\/title>/i.exec(text)?.[1] ?? (/^\s*</.test(text) ? '' : text);
  const line = title.replaceAll(/\s+/g, ' ').trim().slice(0, longestTextCharacters);
  return line === '' ? undefined : line;
}

/** `{"base": ["a"], "ref": "b"}` → "a; ref: b". */
function wordsOf(value: unknown, levels: number): string {
  if (typeof value === 'string') return value.trim();
  if (levels === 0 || typeof value !== 'object' || value === null) return '';
  const within = (part: unknown): string => wordsOf(part, levels - 1);
  if (Array.isArray(value)) return value.map(within).filter(Boolean).join('; ');
  return Object.entries(value)
    .map(([field, words]) => (field === 'base' || field === 'error' ? within(words) : `${field}: ${within(words)}`))
    .join('; ');
}
