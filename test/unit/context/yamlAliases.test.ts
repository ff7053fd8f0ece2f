import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';

test('an alias stands for the last node before it that has its name', () => {
  const { root } = parseYaml('a: &n 1\nb: *n\nc: &n {d: 2}\ne: *n\n');
  assert.ok(root);
  assert.equal(root.get('b')?.text, '1');
  assert.equal(root.get('e')?.get('d')?.text, '2');
});

test('an alias of what comes later, or nowhere, is no YAML for Omnia, and the alias is marked', () => {
  for (const text of ['f: *later\ng: &later 3\n', 'f: *later\n']) {
    const { fault } = parseYaml(text);
    assert.equal(fault?.value, "found undefined alias 'later'");
    assert.deepEqual(fault.range.start, { line: 0, character: 3 });
  }
});

test('a mapping takes the keys of the one that it merges', () => {
  const { root } = parseYaml('base: &base {router: "10.0.0.1"}\nnet:\n  <<: *base\n  bits: 24\n');
  assert.equal(root?.get('net')?.get('router')?.text, '10.0.0.1');
});
