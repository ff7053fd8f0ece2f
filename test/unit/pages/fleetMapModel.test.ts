import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange, groupings, type MapCell } from '@omnia-buildstream/client/pages/fleetMap/cells';
import { findCell, typedOn } from '@omnia-buildstream/client/pages/fleetMap/find';
import { boxOf, cellAt, cellsIn, layoutOf } from '@omnia-buildstream/client/pages/fleetMap/layout';
import { MapModel } from '@omnia-buildstream/client/pages/fleetMap/mapModel';
import { nodeMarks } from '@omnia-buildstream/client/pages/fleetMap/marks';
import { moved, type Direction, type Ground } from '@omnia-buildstream/client/pages/fleetMap/moves';
import { fc } from '../../support/properties/fastCheck.ts';
import { fleet, mapCell } from '../../support/pages/mapCells.ts';

const cellsOf = fc
  .array(
    fc.record({
      mark: fc.constantFrom(...nodeMarks),
      group: fc.constantFrom('rack1', 'rack2', 'rack10', ''),
      role: fc.constantFrom('slurm_node_x86_64', 'login_node_x86_64'),
    }),
    { maxLength: 120 },
  )
  .map((nodes) =>
    nodes.map(({ mark, group, role }, index) => mapCell(index, { mark, sections: { group, role, parent: '' } })),
  );
const view = fc.record({ width: fc.integer({ min: 60, max: 1500 }), height: fc.integer({ min: 40, max: 1000 }) });
const byOf = fc.constantFrom(...groupings);
const all = { grouping: 'group', marks: [], selected: [], active: undefined } as const;

test('every node has exactly one cell, in the section that it belongs to', () => {
  fc.assert(
    fc.property(cellsOf, byOf, (cells, by) => {
      const { cells: placed, sections } = arrange(cells, by);
      assert.deepEqual(new Set(placed), new Set(cells));
      assert.equal(placed.length, cells.length);
      assert.equal(new Set(sections.map(({ title }) => title)).size, sections.length);
      const told = sections.flatMap(({ title, count }) => Array.from({ length: count }, () => title));
      assert.deepEqual(
        told,
        placed.map((cell) => cell.sections[by]),
      );
    }),
  );
});

test('no two cells lie on each other, all are within the map, and what is hit is the cell that lies there', () => {
  fc.assert(
    fc.property(cellsOf, byOf, view, (cells, by, size) => {
      const layout = layoutOf(arrange(cells, by).sections, size);
      const seen = new Set<string>();
      for (let position = 0; position < cells.length; position += 1) {
        const box = boxOf(layout, position);
        assert.ok(box);
        assert.ok(box.x >= 0 && box.y >= 0 && box.y + box.height <= layout.height);
        seen.add(`${String(box.x)} ${String(box.y)}`);
        for (const [x, y] of [
          [box.x, box.y],
          [box.x + box.width / 2, box.y + box.height / 2],
          [box.x + box.width - 0.01, box.y + box.height - 0.01],
        ] as const) {
          assert.equal(cellAt(layout, x, y), position);
        }
      }
      assert.equal(seen.size, cells.length);
      assert.equal(boxOf(layout, cells.length), undefined);
      assert.equal(boxOf(layout, -1), undefined);
    }),
  );
});

test('wherever somebody points, the cell that is hit has the point in it, or there is none', () => {
  fc.assert(
    fc.property(
      cellsOf,
      view,
      fc.integer({ min: -50, max: 1600 }),
      fc.integer({ min: -50, max: 2000 }),
      (cells, size, x, y) => {
        const layout = layoutOf(arrange(cells, 'group').sections, size);
        const inIt = (position: number): boolean => {
          const box = boxOf(layout, position);
          return box !== undefined && x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
        };
        const expected = cells.findIndex((_, position) => inIt(position));
        assert.equal(cellAt(layout, x, y) ?? -1, expected);
      },
    ),
  );
});

test('a rectangle takes the cells that it touches, and no others', () => {
  const layout = layoutOf(arrange(fleet(50), 'group').sections, { width: 400, height: 400 });
  const [first, second] = [boxOf(layout, 0), boxOf(layout, 1)];
  assert.ok(first && second);
  const touching = { x: first.x + 2, y: first.y + 2, width: first.width, height: 1 };
  assert.deepEqual(cellsIn(layout, touching), [0, 1]);
  assert.deepEqual(cellsIn(layout, { ...touching, width: 1 }), [0]);
  assert.deepEqual(cellsIn(layout, { x: -9, y: -9, width: 5, height: 5 }), []);
  assert.equal(cellsIn(layout, { x: 0, y: 0, width: 400, height: layout.height }).length, 50);
});

test('10,000 nodes are seen at once in an editor of usual size', () => {
  for (const racks of [1, 8, 100]) {
    const cells = fleet(10_000, racks);
    const layout = layoutOf(arrange(cells, 'group').sections, { width: 1200, height: 800 });
    assert.ok(layout.height <= 800, `${String(racks)} racks need ${String(layout.height)}`);
  }
});

test('the counts of all states are those of the filters, and come to the number of nodes whatever is filtered', () => {
  fc.assert(
    fc.property(cellsOf, fc.subarray([...nodeMarks]), (cells, marks) => {
      const model = new MapModel({ ...all, marks });
      model.setCells(cells);
      const sum = [...model.counts.values()].reduce((one, other) => one + other, 0);
      assert.equal(sum, cells.length);
      const shown = cells.filter((cell) => model.shows(cell)).length;
      const filtered = marks.reduce((count, mark) => count + (model.counts.get(mark) ?? 0), 0);
      assert.equal(shown, marks.length === 0 ? cells.length : filtered);
    }),
  );
});

const act = fc.oneof(
  fc.record({
    type: fc.constant('select' as const),
    at: fc.nat(130),
    how: fc.constantFrom('alone', 'toggle', 'range'),
  }),
  fc.record({ type: fc.constant('filter' as const), mark: fc.constantFrom(...nodeMarks) }),
  fc.record({ type: fc.constant('group' as const), by: byOf }),
  fc.record({ type: fc.constant('all' as const) }),
  fc.record({ type: fc.constant('drag' as const), from: fc.nat(100), to: fc.nat(130) }),
  fc.record({ type: fc.constant('change' as const), at: fc.nat(130), mark: fc.constantFrom(...nodeMarks) }),
  fc.record({ type: fc.constant('fleet' as const), upTo: fc.nat(120) }),
);

test('only nodes that are there and shown are ever selected, since commands act on the selection', () => {
  fc.assert(
    fc.property(cellsOf, fc.array(act, { maxLength: 20 }), (cells, acts) => {
      const model = new MapModel(all);
      let now: readonly MapCell[] = cells;
      model.setCells(now);
      for (const one of acts) {
        if (one.type === 'select') model.select(one.at, one.how);
        else if (one.type === 'filter') model.toggleFilter(one.mark);
        else if (one.type === 'group') model.setGrouping(one.by);
        else if (one.type === 'all') model.selectAll();
        else if (one.type === 'drag') model.selectOnly([one.from, one.to], model.selected);
        else if (one.type === 'fleet') model.setCells((now = now.slice(0, one.upTo)));
        else {
          const cell = now[one.at];
          if (cell === undefined) continue;
          const changed = { ...cell, mark: one.mark };
          now = now.map((known) => (known.id === cell.id ? changed : known));
          model.change([changed]);
        }
        const shown = new Set(now.filter((cell) => model.shows(cell)).map(({ id }) => id));
        assert.ok(model.selected.every((id) => shown.has(id)));
        assert.equal(new Set(model.selected).size, model.selected.length);
        assert.deepEqual(new Set(model.arrangement.cells), new Set(now));
        const { active } = model;
        assert.ok(active === undefined || now.some(({ id }) => id === active));
      }
    }),
  );
});

test('click, Ctrl and Shift select as in a list', () => {
  const model = new MapModel(all);
  model.setCells(fleet(10));
  model.select(2, 'alone');
  model.select(5, 'range');
  assert.deepEqual(model.selected, ['n2', 'n3', 'n4', 'n5']);
  model.select(3, 'range');
  assert.deepEqual(model.selected, ['n2', 'n3']);
  model.select(8, 'toggle');
  model.select(2, 'toggle');
  assert.deepEqual(model.selected, ['n3', 'n8']);
  model.select(0, 'alone');
  assert.deepEqual(model.selected, ['n0']);
});

test('what is selected, filtered and grouped is the same after a reload', () => {
  const model = new MapModel(all);
  model.setCells(fleet(6));
  model.setGrouping('role');
  model.select(1, 'alone');
  model.select(4, 'toggle');
  const again = new MapModel(model.view);
  again.setCells(fleet(6));
  assert.deepEqual(again.view, model.view);
});

const directions: readonly Direction[] = ['left', 'right', 'up', 'down', 'first', 'last', 'pageUp', 'pageDown'];

test('arrow keys end on cells that are shown; left and right go through all of them, up and down lead back', () => {
  fc.assert(
    fc.property(cellsOf, view, fc.subarray([...nodeMarks]), fc.nat(130), (cells, size, marks, start) => {
      const model = new MapModel({ ...all, marks });
      model.setCells(cells);
      const ground: Ground = {
        layout: layoutOf(model.arrangement.sections, size),
        count: cells.length,
        isShown: (position) => model.isShown(position),
        page: size.height,
      };
      const shown = cells.map((_, position) => position).filter((position) => model.isShown(position));
      if (!shown.includes(start)) return;
      for (const direction of directions) assert.ok(shown.includes(moved(ground, start, direction)));
      const walked: number[] = [moved(ground, start, 'first')];
      for (;;) {
        const next = moved(ground, walked.at(-1) ?? 0, 'right');
        if (next === walked.at(-1)) break;
        walked.push(next);
      }
      assert.deepEqual(walked, shown);
      const y = (position: number): number => boxOf(ground.layout, position)?.y ?? Number.NaN;
      const [up, down] = [moved(ground, start, 'up'), moved(ground, start, 'down')];
      assert.ok(up === start || y(up) < y(start));
      assert.ok(down === start || y(down) > y(start));
    }),
  );
});

test('typing finds a node by name first, then by address or tag, on from where one is', () => {
  const cells = [
    mapCell(0, { name: 'login1' }),
    mapCell(1, { name: 'slurm-node1', bmcIp: '10.0.0.1' }),
    mapCell(2, { name: 'slurm-node2', serviceTag: 'LOGIN99' }),
  ];
  const find = (text: string, from: number) => findCell(cells, text, from, () => true);
  assert.equal(find('slurm', 0), 1);
  assert.equal(find('slurm', 2), 2);
  assert.equal(find('login', 1), 0);
  assert.equal(find('login9', 0), 2);
  assert.equal(find('10.0.0.1', 0), 1);
  assert.equal(find('nothing', 0), undefined);
  assert.equal(
    findCell(cells, 'slurm', 0, (position) => position !== 1),
    2,
    'a filter leaves it out',
  );
  assert.equal(
    findCell([], 'a', 0, () => true),
    undefined,
  );
});

test('letters that follow each other are one word, and after a pause another begins', () => {
  const first = typedOn({ text: '', at: 0 }, 'N', 5_000);
  const second = typedOn(first, '1', 5_500);
  assert.equal(second.text, 'n1');
  assert.equal(typedOn(second, 'x', 9_000).text, 'x');
});
