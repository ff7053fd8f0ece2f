import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCatalog } from '@omnia-buildstream/core/context/parseCatalog';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { parseProvisionConfig } from '@omnia-buildstream/core/context/parseProvisionConfig';
import { parseSoftwareConfig } from '@omnia-buildstream/core/context/parseSoftwareConfig';
import { fc } from '../../support/properties/fastCheck.ts';

test('software_config.json gives the names of its softwares', () => {
  const { value, problems } = parseSoftwareConfig('{"softwares": [{"name": "service_k8s", "version": "1"}, {}]}');
  assert.deepEqual([...(value ?? [])], ['service_k8s']);
  assert.deepEqual(
    problems.map(({ code, severity, range }) => [code, severity, range.start.character]),
    [['software-config-invalid', 'warning', 56]],
  );
});

test('an empty list of softwares is known to be empty', () => {
  assert.equal(parseSoftwareConfig('{"softwares": []}').value?.size, 0);
});

for (const text of ['', '{', '{"softwares": [],}', '// no\n{}', '[]', '{"softwares": {}}']) {
  test(`software_config.json ${JSON.stringify(text)} is an error`, () => {
    const { value, problems } = parseSoftwareConfig(text);
    assert.equal(value, undefined);
    assert.equal(problems[0]?.severity, 'error');
  });
}

test('a catalog gives the names of its functional layers, stripped', () => {
  const text = JSON.stringify({
    catalog: { functionallayer: [{ name: ' slurm_node_x86_64 ' }, { name: 'os_x86_64' }] },
  });
  const { value, problems } = parseCatalog(text);
  assert.deepEqual([...(value ?? [])], ['slurm_node_x86_64', 'os_x86_64']);
  assert.deepEqual(problems, []);
});

test('a catalog of 2.2, whose keys have capitals, has no names for 2.3 and no problem', () => {
  const text = JSON.stringify({ Catalog: { FunctionalLayer: [{ Name: 'slurm_node_x86_64' }] } });
  assert.deepEqual(parseCatalog(text), { value: new Set(), problems: [] });
});

for (const [text, expected] of [
  ['dns_enabled: true', true],
  ['dns_enabled: yes', true],
  ['dns_enabled: "True"', true],
  ['dns_enabled: no', false],
  ['pxe_mapping_file_path: /x', false],
  ['dns_enabled: maybe', undefined],
] as const) {
  test(`${text} means ${String(expected)}`, () => {
    const { value, problems } = parseProvisionConfig(text);
    assert.equal(value?.dnsEnabled, expected);
    assert.equal(problems.length, expected === undefined ? 1 : 0);
  });
}

test('provision_config.yml gives its paths, empty ones as absent', () => {
  const { value } = parseProvisionConfig('pxe_mapping_file_path: "/opt/omnia/map.csv"\ncatalog_file_path: ""\n');
  assert.equal(value?.mappingFilePath, '/opt/omnia/map.csv');
  assert.equal(value.catalogFilePath, undefined);
});

test('no text makes a parser throw', () => {
  const parsers = [
    parseCatalog,
    parseProvisionConfig,
    parseSoftwareConfig,
    (text: string) => parseNetworkSpec(text, '2.2'),
    (text: string) => parseNetworkSpec(text, 'next'),
  ];
  const pieces = fc.constantFrom(
    'Networks:',
    '\n',
    '- ',
    '  ',
    'admin_network:',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '"',
    '<<: *a',
    '!!x ',
    ': ',
    ',',
    '10.0.0.0',
    '\ufeff',
    '\t',
    '? ',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const parse of parsers) parse(text);
    }),
    { numRuns: 500 },
  );
  for (const deep of ['['.repeat(20_000), '{"a":'.repeat(20_000), '- '.repeat(20_000)]) {
    for (const parse of parsers) assert.equal(parse(deep).value, undefined);
  }
});
