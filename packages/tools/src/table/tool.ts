import type { ArgumentsOf, Fields } from '../arguments/readArguments.ts';

/** A tool as a model sees it. */
export interface Tool<Of extends Fields = Fields> {
  /** A few words, for people. */
  readonly title: string;
  /** What it does, when to use it, and what it does not do. */
  readonly description: string;
  readonly fields: Of;
}

/** Implementations of the tools of a table. */
export type Carriers<Table extends Readonly<Record<string, Tool>>, Result> = {
  readonly [Name in keyof Table]: (given: ArgumentsOf<Table[Name]['fields']>, signal: AbortSignal) => Promise<Result>;
};

export function tool<const Of extends Fields>(title: string, description: string, fields: Of): Tool<Of> {
  return { title, description, fields };
}
