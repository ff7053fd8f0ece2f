import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkFailedNodes } from '@omnia-buildstream/core/failedNodes/check';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { FailedNodesFile } from '@omnia-buildstream/server/nodes/failedNodesFile';
import { MappingDocument } from '@omnia-buildstream/server/mappingDocument';
import type { Position } from '@omnia-buildstream/core/text/position';
import { parseNetworkSpec } from '@omnia-buildstream/core/context/parseNetworkSpec';
import { fc } from '../support/properties/fastCheck.ts';
import { cluster } from '../support/cluster.ts';
import { hostileText } from '../support/hostileText.ts';

/** EDITS=100000 takes some minutes; releases are tested with a million. */
const editsWanted = Number(process.env['EDITS'] ?? '1000000');
/** The document is recreated after this many edits, or it would consist only of inserted text. */
const editsOfADocument = 200;

const failedNodes = JSON.stringify(
  { job_id: 'a', failed_nodes: [{ hostname: 'cn-001', bmc_ip: '10.6.0.14', status: 'failed', message: 'x' }] },
  undefined,
  2,
);

interface Edit {
  readonly start: Position;
  readonly lines: number;
  readonly characters: number;
  readonly text: string;
}

const position = { line: fc.nat({ max: 12 }), character: fc.nat({ max: 120 }) };
const edit: fc.Arbitrary<Edit> = fc.record({
  start: fc.record(position),
  lines: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
  characters: fc.nat({ max: 12 }),
  text: fc.oneof(hostileText, fc.constantFrom('', '\n', ',', '"', '\r', '{', '}', '[', ']', '10.6.0.1', ':', '#')),
});

function changeOf({ start, lines, characters, text }: Edit) {
  const end = { line: start.line + lines, character: lines === 0 ? start.character + characters : characters };
  return { range: { start, end }, text };
}

test('a million random edits, each judged at once, and no throw', (t) => {
  let edits = 0;
  const numRuns = Math.ceil(editsWanted / (2 * editsOfADocument));
  const many = fc.array(edit, { minLength: editsOfADocument, maxLength: editsOfADocument, size: 'max' });
  fc.assert(
    fc.property(many, (list) => {
      const mapping = new MappingDocument('file:///a/pxe_mapping_file.csv', 1, cluster);
      mapping.judge(mappingRules, {
        version: '2.2',
        context: {},
        overrides: new Map(),
        encoding: { kind: 'unchecked' },
      });
      const failed = new FailedNodesFile('file:///a/failed_nodes.json', 1, failedNodes);
      list.forEach((one, index) => {
        mapping.change([changeOf(one)], index + 2);
        mapping.model.findings();
        failed.change([changeOf(one)], index + 2);
        checkFailedNodes({ document: failed.document });
        edits += 2;
      });
      parseNetworkSpec(mapping.model.document.text(), '2.2');
    }),
    { numRuns, endOnFailure: true },
  );
  assert.ok(edits >= editsWanted, String(edits));
  t.diagnostic(`${String(edits)} edits`);
});
