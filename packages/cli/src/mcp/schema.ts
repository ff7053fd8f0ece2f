import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import {
  readArguments,
  schemaOf,
  type ArgumentsOf,
  type Fields,
} from '@omnia-buildstream/tools/arguments/readArguments';

/** Fields of a tool as the SDK takes them: one reader of arguments for every protocol. */
export function standardSchema<Of extends Fields>(fields: Of): StandardSchemaWithJSON<unknown, ArgumentsOf<Of>> {
  const json = schemaOf(fields);
  return {
    '~standard': {
      version: 1,
      vendor: 'omnia-buildstream',
      validate: (given) => {
        const read = readArguments(fields, given);
        return 'faults' in read ? { issues: read.faults.map((message) => ({ message })) } : { value: read.arguments };
      },
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}
