import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseGroupConfig } from '@omnia-buildstream/core/context/parseGroupConfig';
import { parseYaml } from '@omnia-buildstream/core/context/yamlValue';

/** The keys of `it`, each with its value. */
function pairsOf(text: string): Record<string, string | undefined> {
  const it = parseYaml(text).root?.get('it');
  return Object.fromEntries((it?.keys() ?? []).map(({ value }) => [value, it?.get(value)?.text]));
}

suite("keys of a mapping are those that Python's YAML reader has", () => {
  for (const [title, text, expected] of [
    ['of doubled keys the last one', 'it: {a: 1, b: 2, a: 3}', { a: '3', b: '2' }],
    ['the keys of another mapping', 'x: &x {a: 1, b: 2}\nit: {<<: *x, b: 3}', { b: '3', a: '1' }],
    ['of several mappings, the first one counts', 'it: {<<: [{a: 1}, {a: 2, b: 3}]}', { a: '1', b: '3' }],
    [
      'of a mapping that merges another one',
      'x: &x {<<: {a: 1}, b: 2}\nit: {<<: *x, c: 3}',
      { c: '3', b: '2', a: '1' },
    ],
    ['nothing from a mapping that merges itself', 'it: &it {<<: *it, a: 1}', { a: '1' }],
    ['a key in quotes is an ordinary one', 'it: {"<<": x, a: 1}', { '<<': 'x', a: '1' }],
  ] as const) {
    test(title, () => {
      assert.deepEqual(pairsOf(text), expected);
    });
  }

  test('mappings that merge two others each are read in no more time than they have keys', () => {
    const levels = Array.from({ length: 60 }, (_, at) =>
      at === 0 ? 'l0: &l0 {a: 1}' : `l${String(at)}: &l${String(at)} {<<: [*l${String(at - 1)}, *l${String(at - 1)}]}`,
    );
    assert.deepEqual(pairsOf([...levels, 'it: *l59'].join('\n')), { a: '1' });
  });

  test('functional_group_config.yml may merge what is common', () => {
    const text = 'common: &all {boot_kernel_params: quiet}\ngroups: {slurm_node_x86_64: {<<: *all, cloud_init: {}}}\n';
    assert.deepEqual(parseGroupConfig(text).problems, []);
    const wrong = text.replace('quiet', 'root=/dev/sda');
    assert.equal(parseGroupConfig(wrong).problems.length, 2);
  });
});
