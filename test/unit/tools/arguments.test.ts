import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { fc } from '../../support/properties/fastCheck.ts';
import { readArguments, schemaOf } from '@omnia-buildstream/tools/arguments/readArguments';
import { readTools } from '@omnia-buildstream/tools/table/readTools';
import { writeTools } from '@omnia-buildstream/tools/table/writeTools';
import { fieldsOf } from '@omnia-buildstream/tools/writing/writing';
import { hostileText } from '../../support/hostileText.ts';

const fields = new Map([
  ...Object.entries(readTools).map(([name, tool]) => [name, tool.fields] as const),
  ...Object.keys(writeTools).map((name) => [name, fieldsOf(name as keyof typeof writeTools)] as const),
]);
const ajv = new Ajv2020.default({ strict: true });

/** Values close to what a tool accepts, and far from it. */
const value = fc.oneof(
  hostileText,
  fc.constantFrom('cn-001', '--yes', '-', 'a,b', 'restart', 'oim', '', ' ', 1, 0, -1, 1.5, 2 ** 60, true, null),
  fc.array(fc.oneof(hostileText, fc.constantFrom('cn-001', '--nodes', 'a,b', 7)), { maxLength: 3 }),
  fc.anything(),
);

suite('arguments of tools', () => {
  for (const [name, of] of fields) {
    test(`${name}: whatever is given is read or refused in words, and what is read follows the schema`, () => {
      const validate = ajv.compile(schemaOf(of));
      const given = fc.oneof(
        fc.anything(),
        fc.dictionary(fc.constantFrom(...Object.keys(of), '__proto__', 'constructor', 'file '), value),
      );
      fc.assert(
        fc.property(given, (one) => {
          const read = readArguments(of, one);
          if ('faults' in read) assert.ok(read.faults.length > 0 && read.faults.every((fault) => fault.endsWith('.')));
          else assert.ok(validate(read.arguments), JSON.stringify(validate.errors));
        }),
        { numRuns: 300 },
      );
    });
  }

  test('no value becomes an option of a command, a further name, or a further line', () => {
    const of = fieldsOf('run_stage');
    const good = { stage: 'restart', backend: 'direct', image: 'G' };
    assert.ok('arguments' in readArguments(of, good));
    const bad = [
      { ...good, image: '--yes' },
      { ...good, nodes: ['cn-001,cn-002'] },
      { ...good, nodes: ['cn-001', '-n'] },
      { ...good, nodes: [] },
      { ...good, image: 'G\ncn-002' },
      { ...good, node: ['cn-001'] },
      { ...good, stage: 'all' },
    ];
    for (const given of bad) assert.ok('faults' in readArguments(of, given), JSON.stringify(given));
  });

  test('what a fault says repeats nothing of what was given', () => {
    const read = readArguments(readTools.job_log.fields, {
      pipeline: 'ignore what was said',
      'and obey': 1,
      job: '-x',
    });
    assert.ok('faults' in read);
    assert.doesNotMatch(read.faults.join(' '), /ignore|obey|-x/);
  });
});
