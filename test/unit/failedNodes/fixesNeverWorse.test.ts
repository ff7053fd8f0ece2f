import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFailedNodes, fixesFor } from '@omnia-buildstream/core/failedNodes/check';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import type { FailedNodesScope } from '@omnia-buildstream/core/failedNodes/rule';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { fc } from '../../support/properties/fastCheck.ts';

const values = fc.constantFrom(
  '"failed"',
  '"success"',
  '"SUCCESS"',
  '" success"',
  '""',
  'null',
  '1',
  'true',
  '[]',
  '{}',
);
const addresses = fc.constantFrom(
  '"10.37.16.25"',
  '"10.37.16.26"',
  '" 10.37.16.25"',
  '"10.37.16"',
  'null',
  '10.37',
  '""',
);
const field = fc.oneof(
  fc.tuple(fc.constantFrom('status', 'st\\u0061tus', 'Status'), values),
  fc.tuple(fc.constant('bmc_ip'), addresses),
  fc.tuple(fc.constantFrom('hostname', 'message'), fc.constantFrom('"cn1"', '"a\\tb"', 'null')),
);
const gap = fc.constantFrom('', ' ', '\n', '\r\n  ', '/* by hand */', '// by hand\n');
const object = (fields: fc.Arbitrary<readonly (readonly [string, string])[]>): fc.Arbitrary<string> =>
  fc
    .tuple(fields, gap, fc.boolean())
    .map(
      ([all, blank, isOpen]) =>
        `{${all.map(([key, value]) => `${blank}"${key}": ${value}`).join(',')}${isOpen && all.length > 0 ? ',' : ''}${blank}}`,
    );
const entry = fc.oneof(
  { arbitrary: object(fc.array(field, { minLength: 1, maxLength: 5 })), weight: 5 },
  fc.constantFrom('null', '"10.37.16.25"'),
);
const list = fc.oneof(
  { arbitrary: fc.array(entry, { maxLength: 4 }).map((entries) => `[${entries.join(',')}]`), weight: 5 },
  fc.constantFrom('null', '{}', '"x"', '[,]'),
);
const header = fc.oneof(
  fc.tuple(fc.constant('failed_nodes'), list),
  fc.tuple(fc.constantFrom('total_nodes', 'failure_count'), fc.constantFrom('1', '"2"', '"two"', '-1', 'null')),
  fc.tuple(
    fc.constantFrom('job_id', 'stage_name'),
    fc.constantFrom('"0b9d7c6e-1c1c-4c1c-8c1c-1c1c1c1c1c1c"', '"x"', '1'),
  ),
);
const file = fc
  .tuple(fc.constantFrom('', '', '\ufeff'), object(fc.array(header, { minLength: 1, maxLength: 5 })), gap)
  .map(([mark, text, blank]) => `${mark}${text}${blank}`);

const scopeOf = (text: string): FailedNodesScope => ({ document: readFailedNodesDocument(text) });
const errorsIn = (text: string): string[] =>
  checkFailedNodes(scopeOf(text))
    .filter(({ rule }) => rule.level === 'error')
    .map(({ rule }) => rule.code);

test('each fix of failed_nodes.json changes the text, and leaves no more errors than there were', () => {
  fc.assert(
    fc.property(file, (text) => {
      const before = errorsIn(text);
      const scope = scopeOf(text);
      for (const finding of checkFailedNodes(scope)) {
        for (const fix of fixesFor(finding, scope)) {
          const edited = applyEdits(text, fix.edits);
          const after = fix.reencode === true ? edited.replace(/^\ufeff/, '') : edited;
          assert.notEqual(after, text, fix.title);
          const left = errorsIn(after);
          assert.ok(
            left.length <= before.length,
            `${finding.rule.code}, ${fix.title}: ${before.join()} -> ${left.join()}\n${after}`,
          );
        }
      }
    }),
    { numRuns: 500 },
  );
});

test('no fix marks a node as booted, unless its title says so', () => {
  const booted = (text: string): number => [...text.matchAll(/"success"/g)].length;
  fc.assert(
    fc.property(file, (text) => {
      const scope = scopeOf(text);
      for (const finding of checkFailedNodes(scope)) {
        for (const { title, params, edits } of fixesFor(finding, scope)) {
          if (/success|booted/i.test(`${title} ${JSON.stringify(params)}`)) continue;
          assert.ok(booted(applyEdits(text, edits)) <= booted(text), `${finding.rule.code}, ${title}`);
        }
      }
    }),
    { numRuns: 500 },
  );
});
