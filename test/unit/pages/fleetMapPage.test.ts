import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Box } from '@omnia-buildstream/client/pages/fleetMap/layout';
import { boxOf, layoutOf } from '@omnia-buildstream/client/pages/fleetMap/layout';
import { MapModel } from '@omnia-buildstream/client/pages/fleetMap/mapModel';
import { nodeMarks } from '@omnia-buildstream/client/pages/fleetMap/marks';
import { readMapMessage, readMapRequest, readMapView } from '@omnia-buildstream/client/pages/fleetMap/messages';
import { mapTextKeys } from '@omnia-buildstream/client/pages/fleetMap/mapTexts';
import { paintAll, paintSome, type Surface } from '@omnia-buildstream/client/pages/fleetMap/paint';
import { drawMark, type Pen } from '@omnia-buildstream/client/pages/fleetMap/shapes';
import { fc } from '../../support/properties/fastCheck.ts';
import { fleet, mapCell } from '../../support/pages/mapCells.ts';

const all = { grouping: 'group', marks: [], selected: [], active: undefined } as const;

test('every mark has a shape of its own, so that nobody needs to tell colours apart', () => {
  const drawn = nodeMarks.map((mark) => {
    const calls: string[] = [];
    const pen = new Proxy({} as Pen, {
      get:
        (_, name) =>
        (...args: readonly number[]) =>
          calls.push(`${String(name)}(${args.join()})`),
    });
    drawMark(pen, mark, [0, 0], 10, (way) => calls.push(way));
    return calls.join(' ');
  });
  assert.ok(drawn.every((calls) => calls !== ''));
  assert.equal(new Set(drawn).size, nodeMarks.length);
});

test('the first frame draws each of 10,000 nodes once, and 200 changes draw 200 cells', () => {
  const model = new MapModel(all);
  model.setCells(fleet(10_000, 40));
  const layout = layoutOf(model.arrangement.sections, { width: 1600, height: 900 });
  const calls = { clear: 0, title: 0, mark: 0, selection: 0, focus: 0 };
  const count = (name: keyof typeof calls) => (): void => {
    calls[name] += 1;
  };
  const surface: Surface = {
    clear: count('clear'),
    title: count('title'),
    mark: count('mark'),
    selection: count('selection'),
    focus: count('focus'),
  };
  const window: Box = { x: 0, y: 0, width: 1600, height: Math.max(900, layout.height) };
  paintAll(surface, model, layout, window);
  assert.deepEqual(calls, { clear: 1, title: 40, mark: 10_000, selection: 0, focus: 0 });

  const changed = Array.from({ length: 200 }, (_, number) =>
    mapCell(number * 40, { mark: 'running', sections: fleet(1, 40)[0]?.sections ?? mapCell(0).sections }),
  );
  const positions = model.change(changed);
  assert.ok(positions !== 'moved');
  paintSome(
    surface,
    model,
    window,
    positions.map((position) => [position, boxOf(layout, position) ?? window]),
  );
  assert.deepEqual(calls, { clear: 201, title: 40, mark: 10_200, selection: 0, focus: 0 });
});

test('only what is seen is drawn', () => {
  const model = new MapModel(all);
  model.setCells(fleet(10_000, 3));
  const layout = layoutOf(model.arrangement.sections, { width: 300, height: 300 });
  let marks = 0;
  const nothing = (): void => undefined;
  const surface: Surface = {
    clear: nothing,
    title: nothing,
    selection: nothing,
    focus: nothing,
    mark: () => (marks += 1),
  };
  paintAll(surface, model, layout, { x: 0, y: 0, width: 300, height: 300 });
  assert.ok(marks > 500 && marks < 2_000, String(marks));
});

const texts = Object.fromEntries(mapTextKeys.map((key) => [key, key]));
const marks = Object.fromEntries(nodeMarks.map((mark) => [mark, mark]));
const messages = [
  { type: 'start', texts, marks },
  { type: 'fleet', cells: null, progress: '' },
  { type: 'fleet', cells: fleet(3), progress: '1 of 3' },
  { type: 'changed', cells: [mapCell(1)], progress: '' },
];
const requests = [{ type: 'ready' }, { type: 'selected', ids: ['a'] }, { type: 'reveal', id: 'a' }];

test('page and extension understand each other', () => {
  for (const message of messages) assert.deepEqual(readMapMessage(message), message);
  for (const request of requests) assert.deepEqual(readMapRequest(request), request);
});

test('what is no message is none, whatever is wrong with it, and nothing throws', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readMapMessage(value);
      readMapRequest(value);
      readMapView(value);
    }),
  );
  const wrong = [
    undefined,
    null,
    [],
    'ready',
    {},
    { type: 'selected', ids: [1] },
    { type: 'selected' },
    { type: 'reveal', id: 7 },
    { type: 'fleet', cells: [{}], progress: '' },
    { type: 'fleet', cells: [mapCell(1)] },
    { type: 'fleet', cells: [{ ...mapCell(1), mark: 'exploded' }], progress: '' },
    { type: 'fleet', cells: [{ ...mapCell(1), sections: {} }], progress: '' },
    { type: 'start', texts: {}, marks },
    { type: 'changed', cells: null, progress: '' },
  ];
  for (const value of wrong) {
    assert.equal(readMapMessage(value), undefined, JSON.stringify(value));
    assert.equal(readMapRequest(value), undefined, JSON.stringify(value));
  }
});

test('of what a page kept over a reload, what cannot be read is left out', () => {
  const kept = { grouping: 'parent', marks: ['failed'], selected: ['a'], active: 'a' };
  assert.deepEqual(readMapView(kept), kept);
  const old = { grouping: 'moon', marks: ['exploded', 'new'], selected: 'a', active: 7 };
  assert.deepEqual(readMapView(old), { ...all, marks: ['new'] });
  assert.deepEqual(readMapView(undefined), all);
});
