import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { expandHostlist } from '@omnia-buildstream/engine/workload/slurm/hostlist';
import { fc } from '../../../support/properties/fastCheck.ts';

suite('a hostlist of Slurm', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['n1', ['n1']],
    ['n1,login-2.example', ['n1', 'login-2.example']],
    ['n[1-3]', ['n1', 'n2', 'n3']],
    ['n[01-03,07,10],x', ['n01', 'n02', 'n03', 'n07', 'n10', 'x']],
    ['n[098-101]', ['n098', 'n099', 'n100', 'n101']],
    ['r[1-2]n[3-4]-ib', ['r1n3-ib', 'r1n4-ib', 'r2n3-ib', 'r2n4-ib']],
  ];
  for (const [text, names] of lists) {
    test(`${text} is ${names.join(' ')}`, () => {
      assert.deepEqual(expandHostlist(text), names);
    });
  }

  for (const text of [
    '',
    'n[',
    'n]',
    'n[]',
    'n[1',
    'n[3-1]',
    'n[a-b]',
    'n1;x',
    'n[1-2',
    'n[[1]]',
    ',',
    'n[1-999999999]',
    'n$(x)',
    '(null)',
    'bgq[000x133]',
  ]) {
    test(`"${text}" is none, and nothing is concluded from it`, () => {
      assert.equal(expandHostlist(text), undefined);
    });
  }

  test('names whatever it was made of, in its order', () => {
    const range = fc.tuple(fc.nat(300), fc.nat(20), fc.integer({ min: 1, max: 5 }));
    const part = fc.tuple(fc.stringMatching(/^[a-z][a-z-]{0,5}$/), fc.array(range, { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const names: string[] = [];
        const texts = parts.map(([prefix, ranges]) => {
          const inner = ranges.map(([from, more, width]) => {
            for (let n = from; n <= from + more; n++) names.push(prefix + String(n).padStart(width, '0'));
            const [first, last] = [from, from + more].map((n) => String(n).padStart(width, '0'));
            return more === 0 ? first : `${first ?? ''}-${last ?? ''}`;
          });
          return `${prefix}[${inner.join(',')}]`;
        });
        assert.deepEqual(expandHostlist(texts.join(',')), names);
      }),
      { numRuns: 100 },
    );
  });

  test('of any text ends, and takes no memory for names that nobody has', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('n', '[', ']', ',', '-', '1', '9', '0') }), (text) => {
        assert.ok((expandHostlist(text)?.length ?? 0) <= 200_000);
      }),
      { numRuns: 300 },
    );
  });
});
