/** What windows share about nodes, apart from restarts. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { readSeen, renderSeen } from '@omnia-buildstream/core/nodes/seenFile';
import { nothingSeen, withSeen, type SeenNodes } from '@omnia-buildstream/core/nodes/seenNodes';
import { phrase, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';

const at = fc.integer({ min: 0, max: 4_000_000_000_000 });
const address = fc.string({ minLength: 1, maxLength: 4 });
const words: fc.Arbitrary<Said> = fc.letrec<{ said: Said; phrase: Said; joined: Said }>((tie) => ({
  // The depth to which the file is read (text/readSaid.ts).
  said: fc.oneof({ depthSize: 'small', maxDepth: 8 }, fc.string(), tie('phrase'), tie('joined')),
  phrase: fc.record(
    {
      message: fc.string(),
      params: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(fc.integer(), tie('said')), {
        noNullPrototype: true,
      }),
    },
    { noNullPrototype: true },
  ) as fc.Arbitrary<Said>,
  joined: fc.record({ parts: fc.array(tie('said')), separator: fc.string() }, { noNullPrototype: true }),
})).said;
const said = fc.oneof(
  fc.record({ at, power: fc.string() }, { noNullPrototype: true }),
  fc.record({ at, error: fc.string(), said: words }, { noNullPrototype: true }),
);
const image = fc.record({ at, image: fc.string() }, { noNullPrototype: true });
const seen: fc.Arbitrary<SeenNodes> = fc.record({
  power: fc.array(fc.tuple(address, said)).map((all) => new Map(all)),
  image: fc.array(fc.tuple(address, image)).map((all) => new Map(all)),
});

suite('what was seen of nodes', () => {
  test('is read as it was written, and any text is read', () => {
    fc.assert(
      fc.property(seen, fc.string(), ({ power, image: images }, text) => {
        const back = readSeen(renderSeen({ power, image: images }));
        assert.deepEqual([sorted(back.power), sorted(back.image)], [sorted(power), sorted(images)]);
        readSeen(text);
        readSeen(JSON.stringify({ power: { x: text, [text]: { at: text, power: text } }, image: [text] }));
      }),
    );
  });

  test('is kept as data: whoever reads it words it in the own language', () => {
    const kept = { error: 'protocol', said: phrase('{bmc} answers nothing', { bmc: phrase('This BMC') }), at: 1 };
    const read = readSeen(renderSeen({ ...nothingSeen, power: new Map([['10.6.0.1', kept]]) })).power.get('10.6.0.1');
    const german: Readonly<Record<string, string>> = {
      '{bmc} answers nothing': '{bmc} schweigt',
      'This BMC': 'Dieser',
    };
    assert.ok(read?.error !== undefined);
    assert.equal(
      wordsOf(read.said, (text, params = {}) => (german[text] ?? text).replace('{bmc}', String(params['bmc']))),
      'Dieser schweigt',
    );
  });

  test('is the newest of each node, in whatever order it came', () => {
    fc.assert(
      fc.property(seen, seen, (one, other) => {
        const times = ({ power }: SeenNodes) => new Map([...power].map(([key, value]) => [key, value.at]));
        const forth = withSeen(withSeen(nothingSeen, one), other);
        const back = withSeen(withSeen(nothingSeen, other), one);
        assert.deepEqual(sorted(times(forth)), sorted(times(back)));
        for (const [key, value] of [...one.power, ...other.power]) assert.ok((times(forth).get(key) ?? -1) >= value.at);
      }),
    );
  });

  test('does not grow for ever: what is oldest goes', () => {
    const power = new Map(Array.from({ length: 20_005 }, (_, index) => [String(index), { power: 'On', at: index }]));
    const kept = withSeen(nothingSeen, { power }).power;
    assert.deepEqual([kept.size, kept.has('4'), kept.has('5')], [20_000, false, true]);
  });
});

function sorted<Value>(map: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}
