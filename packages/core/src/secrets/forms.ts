/** The forms in which one secret may appear in foreign text: as it is, or as some format writes it. Longest first. */
export function formsOf(secret: string): string[] {
  const bytes = utf8(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const forms = [
    secret,
    json,
    // As some write JSON: other than ASCII escaped, or the slash.
    json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    json.replaceAll('/', '\\/'),
    // A JSON text inside a JSON text.
    JSON.stringify(json).slice(1, -1),
    ...urlForms(secret, bytes),
    ...markupForms(secret),
    secret.replaceAll("'", String.raw`\'`),
    secret.replaceAll("'", String.raw`'\''`),
    secret.replaceAll('"', '""'),
    ...base64Forms(bytes),
  ];
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

/** What follows `Basic` in an Authorization header. */
export function basicForm(user: string, password: string): string {
  return base64(utf8(`${user}:${password}`));
}

function base64Forms(bytes: readonly number[]): string[] {
  const standard = base64(bytes);
  const forAddresses = standard.replaceAll('+', '-').replaceAll('/', '_');
  return [standard, forAddresses].flatMap((form) => [form, form.replace(/={1,2}$/, '')]);
}

function urlForms(secret: string, bytes: readonly number[]): string[] {
  const encoded = (kept: RegExp): string =>
    bytes
      .map((byte) => {
        const unit = String.fromCharCode(byte);
        return kept.test(unit) ? unit : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
      })
      .join('');
  // RFC 3986, and forms as the URL standard writes them.
  const strict = [encoded(/[\w.~-]/), encoded(/[\w.*-]/)];
  // A lone surrogate has no form in an address but the replacement that `strict` has.
  const loose = /\p{Cs}/u.test(secret) ? [] : [encodeURIComponent(secret), encodeURI(secret)];
  const all = [...strict, ...loose].flatMap((form) => [form, form.replaceAll('%20', '+')]);
  return all.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

function markupForms(secret: string): string[] {
  const named = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quoted = named.replaceAll('"', '&quot;');
  const numbers = quoted.replaceAll("'", '&#39;');
  return [named, quoted, numbers, quoted.replaceAll("'", '&#x27;'), quoted.replaceAll("'", '&apos;')];
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const unit of text.replaceAll(/\p{Cs}/gu, '\ufffd')) {
    const code = unit.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else {
      const [a, b, c] = [(code >> 12) & 0x3f, (code >> 6) & 0x3f, code & 0x3f];
      bytes.push(0xf0 | (code >> 18), 0x80 | a, 0x80 | b, 0x80 | c);
    }
  }
  return bytes;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const word = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    const parts = [18, 12, 6, 0].map((shift) => digits[(word >> shift) & 0x3f] ?? '');
    text += parts
      .slice(0, third === undefined ? (second === undefined ? 2 : 3) : 4)
      .join('')
      .padEnd(4, '=');
  }
  return text;
}
