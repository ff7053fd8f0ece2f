/** What people do not see in a value, but programs do. */

/** Hides nothing. Asked first, since compiling the others takes a while. */
const printableAscii = /^[ -~]*$/;
/** Joiners, marks of direction and other characters without a width; the fillers of Hangul; the full width of ASCII. */
const unseen = (): RegExp => /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2028\u2029]|[\uff01-\uff5e]/gu;
/** Excel's sign for "this is text". */
const textMark = /^['\u2018\u2019]/;

const names: Readonly<Record<string, string>> = {
  "'": 'APOSTROPHE',
  '\u00ad': 'SOFT HYPHEN',
  '\u200b': 'ZERO WIDTH SPACE',
  '\u200c': 'ZERO WIDTH NON-JOINER',
  '\u200d': 'ZERO WIDTH JOINER',
  '\u200e': 'LEFT-TO-RIGHT MARK',
  '\u200f': 'RIGHT-TO-LEFT MARK',
  '\u2018': 'LEFT SINGLE QUOTATION MARK',
  '\u2019': 'RIGHT SINGLE QUOTATION MARK',
  '\u202a': 'LEFT-TO-RIGHT EMBEDDING',
  '\u202c': 'POP DIRECTIONAL FORMATTING',
  '\u202d': 'LEFT-TO-RIGHT OVERRIDE',
  '\u2060': 'WORD JOINER',
  '\ufeff': 'ZERO WIDTH NO-BREAK SPACE',
};

export interface VisibleForm {
  /** The first invisible character, by its number, and its Unicode name if it is a known one. */
  readonly character: string;
  /** The value without such characters, and with ASCII for letters and digits of full width. */
  readonly value: string;
}

/** What a value looks like; undefined when it is what it looks like. */
export function visibleForm(text: string): VisibleForm | undefined {
  const mark = textMark.exec(text)?.[0];
  if (mark === undefined && printableAscii.test(text)) return undefined;
  const found = mark ?? text.match(unseen())?.[0];
  if (found === undefined) return undefined;
  const value = text
    .replace(textMark, '')
    .replace(unseen(), (character) =>
      character >= '\uff01' && character <= '\uff5e' ? String.fromCharCode(character.charCodeAt(0) - 0xfee0) : '',
    );
  return { character: nameOf(found), value: value.trim() };
}

function nameOf(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const isWide = character >= '\uff01' && character <= '\uff5e';
  const name = isWide ? 'FULLWIDTH FORM' : names[character];
  return name === undefined ? code : `${code} ${name}`;
}

/** What a spreadsheet leaves of a value that it interpreted as a number or a formula: `1.23E+12`, `#N/A`, `#REF!`. */
export function isSpreadsheetLeftover(text: string): boolean {
  return /^#[A-Z]|^[0-9]+(?:[.,][0-9]*)?E\+?[0-9]+$/i.test(text) && /[#.,+]/.test(text);
}
