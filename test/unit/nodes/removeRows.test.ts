import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { removeRows } from '@omnia-buildstream/core/nodes/removeRows';
import { omniaTargetsIn, readMappingText } from '@omnia-buildstream/core/plan/targets';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { applyEdits } from '../../support/textEdits.ts';

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';

function line(number: number, role = 'slurm_node_x86_64'): string {
  const one = String(number);
  return `${role},grp1,TAG${one},,node${one},02:00:00:00:01:0${one},10.0.0.${one},02:00:00:00:02:0${one},10.1.0.${one}`;
}

const say = (template: string, params = {}): string => renderMessage(template, params);

suite('taking the rows of nodes out of a mapping file', () => {
  test('property: the lines that stay are byte for byte what they were, whatever is chosen', () => {
    const lines = fc.array(fc.constantFrom('row', 'login', '', '# note', '#row'), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(lines, fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.nat(), (kinds, eol, isEnded, choice) => {
        const body = kinds.map((kind, at) => {
          if (kind === 'row') return line(at);
          if (kind === 'login') return line(at, 'login_node_x86_64');
          return kind === '#row' ? `#${line(at)}` : kind;
        });
        const all = [header, ...body];
        const text = all.join(eol) + (isEnded ? eol : '');
        const file = readMappingText(text, '2.3');
        const chosen = omniaTargetsIn(file).filter((_, at) => ((choice >> at) & 1) === 1);
        const seen = chosen.map(({ line: row, bmcIp, hostname }) => ({ row, bmcIp, hostname }));
        const removal = removeRows(file, seen, say);
        const gone = new Set(chosen.map(({ line: at }) => at));
        const kept = all.filter((_, at) => !gone.has(at));
        assert.equal(applyEdits(text, removal.edits), kept.join(eol) + (isEnded ? eol : ''));
        assert.equal(removal.count, chosen.length);
        for (const { hostname } of chosen) assert.ok(removal.consequences.join('\n').includes(hostname));
      }),
    );
  });

  const text = [header, line(1), line(2, 'login_node_x86_64'), line(2), line(2)].join('\n');
  const node = (row: number, number: number) => ({
    row,
    bmcIp: `10.1.0.${String(number)}`,
    hostname: `node${String(number)}`,
  });

  for (const [title, seen, count] of [
    ['where it was seen', node(1, 1), 1],
    ['one that moved, when no other is like it', node(9, 1), 1],
    ['of several alike, the one that was seen', node(3, 2), 1],
    ['of several alike, none when none is where it was seen', node(9, 2), 0],
    ['one that is gone', node(1, 7), 0],
  ] as const) {
    test(`a row is found: ${title}`, () => {
      assert.equal(removeRows(readMappingText(text, '2.2'), [seen], say).count, count);
    });
  }

  test('rows below are told to move up; the last row has none', () => {
    const file = readMappingText([header, line(1), line(2)].join('\n'), '2.2');
    assert.match(removeRows(file, [node(1, 1)], say).consequences.join(' '), /move up \(1\)/);
    assert.doesNotMatch(removeRows(file, [node(2, 2)], say).consequences.join(' '), /move up/);
  });
});
