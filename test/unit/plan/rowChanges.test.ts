import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../support/properties/fastCheck.ts';
import { changeNotices } from '@omnia-buildstream/core/plan/planNotices';
import { rowChanges } from '@omnia-buildstream/core/plan/rowChanges';
import { noticeTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { Target } from '@omnia-buildstream/core/plan/targets';

const rest = { serviceTag: '', groupName: '', adminIp: '', adminMac: '', line: 0 };

/** Rows given as `hostname role`; a leading `#` makes a row a comment. */
function rows(...lines: readonly string[]): Target[] {
  return lines.map((line) => {
    const [hostname = '', functionalGroup = ''] = line.replace('#', '').split(' ');
    const commented = line.startsWith('#') ? { isCommented: true as const } : {};
    return { ...rest, hostname, bmcIp: hostname, functionalGroup, ...commented };
  });
}

const worker = 'slurm_node_x86_64';
const before = rows(`head slurm_control_node_x86_64`, `cn1 ${worker}`, `cn2 ${worker}`, 'login login_node_x86_64');
const base = ['head slurm_control_node_x86_64', `cn1 ${worker}`, `cn2 ${worker}`, 'login login_node_x86_64'];
const without = (at: number): string[] => base.filter((_, index) => index !== at);
const replaced = (at: number, line: string): string[] => base.map((old, index) => (index === at ? line : old));

const kinds: [
  title: string,
  after: string[],
  expected: Partial<Record<keyof ReturnType<typeof rowChanges>, string[]>>,
][] = [
  ['nothing', base, {}],
  ['a worker is gone', without(1), { retired: ['cn1 '] }],
  ['a worker is behind #', replaced(1, `#cn1 ${worker}`), { retired: ['cn1 '] }],
  ['a worker becomes a login node', replaced(1, 'cn1 login_node_x86_64'), { retired: ['cn1 login_node_x86_64'] }],
  ['a worker gets a role with OS release', replaced(1, 'cn1 slurm_node_rhel_10_0_x86_64'), {}],
  ['a worker gets another architecture', replaced(1, 'cn1 slurm_node_aarch64'), {}],
  ['a worker gets another name', replaced(2, `cn9 ${worker}`), { retired: ['cn2 '], added: ['cn9'], moved: ['cn9'] }],
  ['a login node is gone: Slurm keeps it', without(3), { removed: ['login'] }],
  ['the controller is gone', without(0), { removed: ['head'] }],
  ['a row is appended', [...base, `cn3 ${worker}`], { added: ['cn3'] }],
  [
    'a row is put between others',
    [...base.slice(0, 2), `cn3 ${worker}`, ...base.slice(2)],
    { added: ['cn3'], moved: ['cn3'] },
  ],
  ['two rows change places', [base[0], base[2], base[1], base[3]].map(String), { moved: ['cn2'] }],
  ['the first row moves to the end', [...base.slice(1), String(base[0])], { moved: ['head'] }],
];

suite('what a changed mapping file does to nodes besides booting them', () => {
  for (const [title, after, expected] of kinds) {
    test(title, () => {
      const { retired, removed, added, moved } = rowChanges(before, rows(...after));
      const names = (list: readonly Target[]): string[] => list.map(({ hostname }) => hostname);
      const found = {
        retired: retired.map(({ target, role }) => `${target.hostname} ${role}`),
        removed: names(removed),
        added: names(added),
        moved: names(moved),
      };
      assert.deepEqual(found, { retired: [], removed: [], added: [], moved: [], ...expected });
    });
  }

  test('the nodes that lose their jobs come first, with what becomes of them', () => {
    const notices = changeNotices(before, rows(base[3] ?? '', 'cn1 login_node_x86_64', base[0] ?? ''));
    assert.deepEqual(
      notices.map(({ kind }) => kind),
      ['retired-row', 'retired-role', 'rows-moved'],
    );
    assert.match(
      noticeTexts['retired-row'],
      /drains .* cancels their jobs .* DOWN, and removes them from the partition/,
    );
    assert.match(
      noticeTexts['retired-role'],
      /drains .* cancels their jobs .* DOWN, and removes them from the partition/,
    );
  });

  test('appended rows are no move, whatever stood there', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }).filter((name) => !/[ #]/.test(name)));
    fc.assert(
      fc.property(names, fc.nat(), (all, cut) => {
        const lines = all.map((name) => `${name} ${worker}`);
        const old = rows(...lines.slice(0, cut % (lines.length + 1)));
        assert.deepEqual(rowChanges(old, rows(...lines)).moved, []);
        assert.deepEqual(rowChanges(rows(...lines), old).retired.length, lines.length - old.length);
      }),
    );
  });
});
