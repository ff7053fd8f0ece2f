import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';

function faultOf(text: string): string | undefined {
  return parseYaml(text).fault?.value;
}

suite("what PyYAML's safe loader refuses is a fault", () => {
  for (const [text, fault] of [
    // Tags.
    ['a: !foo 1', /constructor for the tag '!foo'/],
    ['a: !foo', /constructor for the tag '!foo'/],
    ['a: !!python/tuple [1]', /constructor for the tag 'tag:yaml\.org,2002:python\/tuple'/],
    ['a: !!merge x', /constructor for the tag 'tag:yaml\.org,2002:merge'/],
    ['%TAG !e! tag:example.com,2026:\n---\na: !e!thing 1', /'tag:example\.com,2026:thing'/],
    ['a: !!seq {a: 1}', /expected a sequence node, but found mapping/],
    ['a: !!map [1]', /expected a mapping node, but found sequence/],
    ['a: !!str [1]', /expected a scalar node, but found sequence/],
    ['a: !!seq', /expected a sequence node, but found scalar/],
    ['!!omap {a: 1}', /expected a sequence node, but found mapping/],
    ['a: !!omap [1]', /expected a mapping of length 1, but found scalar/],
    ['a: !!pairs [{a: 1, b: 2}]', /expected a mapping of length 1, but found mapping/],
    // Values that their tag does not allow.
    ['a: !!int abc', /'abc'/],
    ['a: !!int', /''/],
    ['a: !!float x', /'x'/],
    ['a: !!bool x', /KeyError: 'x'/],
    ['a: !!timestamp x', /'x'/],
    // Keys.
    ['? [a, b]\n: 1', /unhashable key/],
    ['? {a: b}\n: 1', /unhashable key/],
    ['[a]: 1', /unhashable key/],
    ['x: &x [a]\n*x : 1', /unhashable key/],
    ['deep: [{[a]: 1}]', /unhashable key/],
    // Looks of a kind that has no value.
    ['a: =', /constructor for the tag 'tag:yaml\.org,2002:value'/],
    ['a: <<', /constructor for the tag 'tag:yaml\.org,2002:merge'/],
    ['- <<', /constructor for the tag 'tag:yaml\.org,2002:merge'/],
    ['a: 2026-13-45', /month must be in 1\.\.12/],
    ['a: 2026-00-10', /month must be in 1\.\.12/],
    ['a: 2026-02-29', /day is out of range/],
    ['a: 2100-02-29', /day is out of range/],
    ['a: 2026-02-00', /day is out of range/],
    ['a: 0000-01-01', /year 0 is out of range/],
    ['a: 2026-01-01 25:00:00', /hour must be in 0\.\.23/],
    ['a: 2026-01-01T20:60:00Z', /minute must be in 0\.\.59/],
    ['a: 2026-01-01T20:00:60Z', /second must be in 0\.\.59/],
    ['a: 2026-01-01 10:00:00 +24:00', /offset must be/],
    ['2026-13-01: 1', /month must be in 1\.\.12/],
    ['a: 0b_', /'0b_'/],
    ['a: 0x_', /'0x_'/],
    // Merges.
    ['<<: 1', /expected a mapping for merging, but found scalar/],
    ['<<: [{a: 1}, x]', /expected a mapping for merging, but found scalar/],
    ['<<: [[a]]', /expected a mapping for merging, but found sequence/],
  ] as const) {
    test(JSON.stringify(text), () => {
      assert.match(faultOf(text) ?? 'none', fault);
    });
  }
});

suite("what PyYAML's safe loader or Ansible takes is none", () => {
  for (const text of [
    ...['a: !!str 1', 'a: ! 1', 'a: !<tag:yaml.org,2002:str> 1', '%TAG ! tag:yaml.org,2002:\n---\na: !str 1'],
    ...['!!map\na: 1', 'a: !!seq [1]', '!!set {a, b}', 'a: !!omap [{a: 1}]', 'a: !!null', 'a: !!str'],
    ...["a: !!int '12'", 'a: !!int 0x1F', 'a: !!bool yes', 'a: !!float .inf', 'a: !!timestamp 2026-01-01'],
    ...['= : 1', "a: '='", "a: '<<'", '<<: {a: 1}', '<<: [{a: 1}, {b: 2}]', '"<<": 1', '!!str <<: {a: 1}'],
    ...['a: 2024-02-29', 'a: 2000-02-29', "a: '2026-13-45'", 'a: 2026-01-01T23:59:59.9+02:00', '2026-01-01: 1'],
    ...['a: !vault |\n  $ANSIBLE_VAULT;1.1;AES256', 'a: !unsafe "{{ b }}"'],
    ...['a: 12:34:56', 'a: 1:99', 'a: 0o7', 'a: 1e5', 'a: &x [*x]', 'a: 2026-1-1-1', ''],
  ]) {
    test(JSON.stringify(text), () => {
      assert.equal(faultOf(text), undefined);
    });
  }
});

test('nodes that aliases repeat are looked at once', () => {
  const levels = Array.from({ length: 60 }, (_, at) =>
    at === 0 ? 'l0: &l0 [a]' : `l${String(at)}: &l${String(at)} [*l${String(at - 1)}, *l${String(at - 1)}]`,
  );
  assert.equal(faultOf(levels.join('\n')), undefined);
});
