import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArgs } from 'node:util';
import { parseArguments } from '@omnia-buildstream/cli/arguments';
import { fc } from '../../support/properties/fastCheck.ts';

const options = {
  quiet: { type: 'boolean', default: false },
  fix: { type: 'boolean' },
  help: { type: 'boolean', short: 'h', default: false },
  format: { type: 'string', default: 'text' },
  output: { type: 'string', short: 'o' },
  input: { type: 'string', multiple: true, default: [] as string[] },
  severity: { type: 'string', multiple: true },
  verbose: { type: 'boolean', multiple: true },
} as const;

const word = fc.constantFrom(
  'a.csv',
  '-',
  '',
  '--',
  '-h',
  '-o',
  '-oh',
  '--no-fix',
  '--unknown',
  '--output=x',
  '--fix=1',
);
const known = fc.constantFrom(...Object.keys(options)).map((name) => `--${name}`);
const given = fc.array(fc.oneof(word, known, fc.string({ maxLength: 3 })), { maxLength: 6 });

interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** What a parser makes of arguments, without the prototype of the values, or that it refuses them. */
function read(parse: () => Parsed): unknown {
  try {
    const { values, positionals } = parse();
    return { values: { ...values }, positionals };
  } catch {
    return 'refused';
  }
}

test("arguments are read as Node's parser reads them, whether it is asked or not", () => {
  fc.assert(
    fc.property(given, (args) => {
      const own = read(() => parseArguments(args, options));
      const nodes = read(() => parseArgs({ args, options, allowPositionals: true, strict: true }));
      assert.deepEqual(own, nodes);
    }),
    { numRuns: 2_000 },
  );
});

test('a list that is the default stays as it is when the option is given', () => {
  parseArguments(['--input', 'a', '--input', 'b'], options);
  assert.deepEqual(options.input.default, []);
});
