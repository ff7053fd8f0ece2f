const kinds = [
  ['null', /^(?:~|null|Null|NULL)?$/],
  ['true', /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/],
  ['false', /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/],
  ['number', /^[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/],
  ['number', /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/],
  ['number', /^(?:\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/],
  ['time', /^\d{4}-\d\d?-\d\d?(?:(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/],
] as const;

/** What Python's YAML reader, which Omnia uses, takes an unquoted text for (the resolvers of PyYAML's YAML 1.1). */
export function kindOfText(plain: string): (typeof kinds)[number][0] | 'string' {
  return kinds.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'string';
}

/**
 * A whole number as Python has it, 0 or more: what stands without quotes may be octal (`030`), hexadecimal or binary and have
 * `_` in it; a text is digits.
 */
export function wholeNumber(text: string, isText: boolean): number | undefined {
  if (isText) return /^[0-9]+$/.test(text) ? Number(text) : undefined;
  const digits = text.replace(/_/g, '');
  const [, base = '', rest = ''] = /^(0[bx]?)([0-9a-f]+)$/i.exec(digits) ?? [];
  if (base !== '') return withoutNaN(Number(`${base === '0' ? '0o' : base}${rest}`));
  return /^(?:0|[1-9][0-9]*)$/.test(digits) ? Number(digits) : undefined;
}

function withoutNaN(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}
