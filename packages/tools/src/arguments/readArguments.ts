import type { Field, JsonSchema } from './field.ts';

/** The arguments of a tool by name. */
export type Fields = Readonly<Record<string, Field<unknown>>>;

export type ArgumentsOf<Of extends Fields> = {
  readonly [Name in keyof Of]: Of[Name] extends Field<infer T> ? T : never;
};

export function schemaOf(fields: Fields): JsonSchema {
  const all = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
    required: all.filter(([, { isOptional }]) => !isOptional).map(([name]) => name),
    additionalProperties: false,
  };
}

export type ReadArguments<Of extends Fields> =
  | { readonly arguments: ArgumentsOf<Of> }
  | { readonly faults: readonly string[] };

/**
 * The only reader of a model's arguments. It rejects unknown arguments, so that a misspelled name never means "all".
 * Faults do not repeat the caller's values.
 */
export function readArguments<Of extends Fields>(fields: Of, given: unknown): ReadArguments<Of> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { faults: ['The arguments have to be an object.'] };
  }
  const faults: string[] = [];
  if (Object.keys(given).some((name) => !Object.hasOwn(fields, name))) {
    const known = Object.keys(fields);
    faults.push(`There are other arguments than ${known.length === 0 ? 'none' : known.join(', ')}.`);
  }
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = Object.hasOwn(given, name) ? (given as Readonly<Record<string, unknown>>)[name] : undefined;
    if (value === undefined) {
      if (!field.isOptional) faults.push(`${name} is missing.`);
      continue;
    }
    const read = field.read(value);
    if ('fault' in read) faults.push(`${name} ${read.fault}.`);
    else values[name] = read.value;
  }
  return faults.length > 0 ? { faults } : { arguments: values as ArgumentsOf<Of> };
}
