/**
 * JSON as Omnia writes it (Ansible's `to_nice_json`): keys in alphabetical order, four blanks, other than ASCII escaped,
 * no line end after the last bracket. Keys with the value undefined are left out.
 */
export function niceJson(value: unknown): string {
  return [...niceJsonPieces(value)].join('');
}

/** The same in pieces: one for each element of a list, so that a long list is neither created nor written in one go. */
export function* niceJsonPieces(value: unknown, blanks = ''): Generator<string> {
  const inner = `${blanks}    `;
  if (isList(value)) {
    let mark = '[';
    for (const item of value) {
      yield `${mark}\n${inner}${textOf(item, inner)}`;
      mark = ',';
    }
    yield mark === '[' ? '[]' : `\n${blanks}]`;
  } else if (typeof value === 'object' && value !== null) {
    const entries = entriesOf(value);
    for (const [index, [name, child]] of entries.entries()) {
      yield `${index === 0 ? '{' : ','}\n${inner}${escaped(JSON.stringify(name))}: `;
      yield* niceJsonPieces(child, inner);
    }
    yield entries.length === 0 ? '{}' : `\n${blanks}}`;
  } else yield scalar(value);
}

/** A list, or one whose elements are created on demand. */
function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** The text of a value in lines that begin with `blanks`, except the first. */
function textOf(value: unknown, blanks: string): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  let text = '';
  const inner = `${blanks}    `;
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}\n${inner}${textOf(item, inner)}`;
    return text === '' ? '[]' : `[${text}\n${blanks}]`;
  }
  for (const [name, child] of entriesOf(value)) {
    text += `${text === '' ? '' : ','}\n${inner}${escaped(JSON.stringify(name))}: ${textOf(child, inner)}`;
  }
  return text === '' ? '{}' : `{${text}\n${blanks}}`;
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
}

/** In a list, undefined is written as null. */
function scalar(value: unknown): string {
  return value === undefined ? 'null' : escaped(JSON.stringify(value));
}

function escaped(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
