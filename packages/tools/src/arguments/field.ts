/** One argument of a tool: what a model learns about it, and how its value is read. */
export interface Field<T> {
  /** JSON Schema, draft 2020-12. */
  readonly schema: JsonSchema;
  readonly isOptional: boolean;
  /** @returns the value, or why it is not accepted */
  readonly read: (given: unknown) => Read<T>;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

export type Read<T> = { readonly value: T } | { readonly fault: string };

/** No name of a node, image group, job or file is longer than this. */
const longestUnits = 300;
/** The size of a fleet. No one lists more names one by one. */
const mostNames = 10_000;
/** Control characters would end one of our lines. A value that begins with a dash would be a command option. */
const plain = /^[^-\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*$/u;
/** Names are joined with commas when they are passed on. */
const comma = ',';

export function text(description: string): Field<string> {
  const schema = { type: 'string', minLength: 1, maxLength: longestUnits, description };
  return { schema, isOptional: false, read: readText };
}

export function names(description: string): Field<readonly string[]> {
  const items = { type: 'string', minLength: 1, maxLength: longestUnits };
  const schema = { type: 'array', items, minItems: 1, maxItems: mostNames, description };
  return { schema, isOptional: false, read: readNames };
}

/** The number of a pipeline or a job. */
export function number(description: string): Field<number> {
  const schema = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description };
  return { schema, isOptional: false, read: readNumber };
}

export function choice<const Choice extends string>(description: string, choices: readonly Choice[]): Field<Choice> {
  const read = (given: unknown): Read<Choice> => {
    const found = choices.find((one) => one === given);
    return found === undefined ? { fault: `has to be one of ${choices.join(', ')}` } : { value: found };
  };
  return { schema: { type: 'string', enum: choices, description }, isOptional: false, read };
}

export function flag(description: string): Field<boolean> {
  const read = (given: unknown): Read<boolean> =>
    typeof given === 'boolean' ? { value: given } : { fault: 'has to be true or false' };
  return { schema: { type: 'boolean', description }, isOptional: false, read };
}

export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, isOptional: true };
}

function readText(given: unknown): Read<string> {
  if (typeof given !== 'string' || given.trim() === '') return { fault: 'has to be a text' };
  if (given.length > longestUnits) return { fault: `has to be no longer than ${String(longestUnits)} characters` };
  if (plain.test(given)) return { value: given };
  return { fault: 'has to be without control characters, and must not begin with a dash' };
}

function readNames(given: unknown): Read<readonly string[]> {
  if (!Array.isArray(given) || given.length === 0) return { fault: 'has to be a list of names' };
  if (given.length > mostNames) return { fault: `has to have no more than ${String(mostNames)} names` };
  const read: string[] = [];
  for (const one of given as readonly unknown[]) {
    const name = readText(one);
    if ('fault' in name) return { fault: `has a name that ${name.fault}` };
    if (name.value.includes(comma)) return { fault: 'has a name with a comma in it; give each name alone' };
    read.push(name.value);
  }
  return { value: read };
}

function readNumber(given: unknown): Read<number> {
  const isOne = typeof given === 'number' && Number.isSafeInteger(given) && given > 0;
  return isOne ? { value: given } : { fault: 'has to be a number from 1' };
}
