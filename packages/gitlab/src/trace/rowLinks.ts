import { ansibleFailureIn } from './ansible.ts';

/** A place in a line of a log that names something of the mapping file. */
interface Place {
  /** Index of the first character, and of the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** Refers to a row. */
export interface RowLink extends Place {
  /** As Omnia counts (omnia.md section 1.2): the header is row 1. */
  readonly row: number;
}

/** Refers to a node. */
export interface NodeLink extends Place {
  /** Hostname, BMC address or admin address, exactly as in the log. */
  readonly name: string;
}

/** The forms for a single row. The link covers the whole match except parentheses and a colon at the end. */
const oneRow = [
  /\b(?:CSV|mapping) row:? ?#?(\d{1,7})\b/gi,
  /\(row (\d{1,7})\)/g,
  /^Row (\d{1,7}):/g,
  /\brow (\d{1,7}) has \d{1,7} columns\b/gi,
];
/** The forms for several rows. Each number becomes its own link. */
const severalRows = /\b(?:CSV rows:?|Comment lines found at:?) (.*)/gi;
const word = /[^\s,]+/g;
const listWord = /^(?:and|\(.*\)|(\d{1,7}))$/;

/** The rows of the mapping file that a line names, in every form that Omnia's validators of 2.1 to 2.3 use. */
export function rowLinksIn(line: string): RowLink[] {
  if (!/row|Comment lines/i.test(line)) return [];
  const single = oneRow.flatMap((form) =>
    [...line.matchAll(form)].map(({ 0: text, 1: row, index }) => {
      const [start, end] = text.startsWith('(') ? [index + 1, index + text.length - 1] : [index, index + text.length];
      return { start, end: text.endsWith(':') ? end - 1 : end, row: Number(row) };
    }),
  );
  const listed = [...line.matchAll(severalRows)].flatMap(({ 0: text, 1: list = '', index }) =>
    numbersOf(list, index + text.length - list.length),
  );
  return withoutOverlap([...single, ...listed]);
}

/** `3 (cn1) and 4 (cn2)`, `3, 7`: the list ends at the first word that does not belong to it. */
function numbersOf(list: string, offset: number): RowLink[] {
  const links: RowLink[] = [];
  for (const { 0: text, index } of list.matchAll(word)) {
    const inList = listWord.exec(text);
    if (inList === null) break;
    if (inList[1] === undefined) continue;
    links.push({ start: offset + index, end: offset + index + text.length, row: Number(inList[1]) });
  }
  return links;
}

function withoutOverlap(links: readonly RowLink[]): RowLink[] {
  const sorted = [...links].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter((link, at) => at === 0 || link.start >= (sorted[at - 1]?.end ?? 0));
}

const failedAddress = /\[FAILED\] (\d{1,3}(?:\.\d{1,3}){3})\b/g;

/** The nodes that a line about failures names: Ansible's host or item, and the addresses of Omnia's summary. */
export function nodeLinksIn(line: string): NodeLink[] {
  const failure = ansibleFailureIn(line);
  const named = [failure?.host, failure?.item].filter((name) => name !== undefined);
  const ansible = named.map((name) => {
    const start = name === failure?.host ? line.indexOf(`[${name}`) + 1 : line.indexOf(`(item=${name}`) + 6;
    return { start, end: start + name.length, name };
  });
  const listed = [...line.matchAll(failedAddress)].map(({ 0: text, 1: name = '', index }) => {
    const start = index + text.length - name.length;
    return { start, end: start + name.length, name };
  });
  return [...ansible, ...listed];
}
