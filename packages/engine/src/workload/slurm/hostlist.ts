/** No cluster is larger: more names than that are a mistake, or meant to fill memory. */
const mostNames = 200_000;

/**
 * The names of a hostlist as Slurm prints it, such as `n[1-3,07],login1` (slurm.md section 3).
 * @returns undefined for an invalid one, from which nothing may be concluded
 */
export function expandHostlist(text: string): readonly string[] | undefined {
  const names: string[] = [];
  for (const part of partsOf(text)) {
    const more = expand(part);
    if (more === undefined || names.length + more.length > mostNames) return undefined;
    for (const name of more) names.push(name);
  }
  return names;
}

/** At the commas outside of brackets. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '[') depth++;
    else if (character === ']') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** One name, or several in brackets; there may be more than one pair of them. */
function expand(part: string): string[] | undefined {
  let names = [''];
  let rest = part;
  while (rest !== '') {
    const open = rest.indexOf('[');
    const plain = open === -1 ? rest : rest.slice(0, open);
    if (!/^[\w.-]*$/.test(plain)) return undefined;
    const close = rest.indexOf(']');
    if (open !== -1 && close < open) return undefined;
    const numbers = open === -1 ? [''] : numbersOf(rest.slice(open + 1, close));
    if (numbers === undefined || names.length * numbers.length > mostNames) return undefined;
    names = names.flatMap((name) => numbers.map((number) => name + plain + number));
    rest = open === -1 ? '' : rest.slice(close + 1);
  }
  return names[0] === '' ? undefined : names;
}

/** `1-3,07`, with the zeros that lead. */
function numbersOf(text: string): string[] | undefined {
  const numbers: string[] = [];
  for (const range of text.split(',')) {
    const [, first = '', last = first] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(range) ?? [];
    const count = Number(last) - Number(first) + 1;
    if (first === '' || count < 1 || numbers.length + count > mostNames) return undefined;
    for (let n = 0; n < count; n++) numbers.push(String(Number(first) + n).padStart(first.length, '0'));
  }
  return numbers;
}
