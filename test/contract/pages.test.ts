import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { pages } from '../../scripts/bundle/pages.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** Maximum size of what a webview reads before it shows anything. */
const maxPageBytes = 30_000;

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}
const { contributes, activationEvents } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly activationEvents: readonly string[];
  readonly contributes: { readonly menus: Readonly<Record<string, readonly MenuItem[]>> };
};

for (const options of pages) {
  const name = path.basename(String(options.outfile));
  test(`the script ${name} as it is shipped is small, and reaches for nothing outside`, async () => {
    const { outputFiles } = await build({
      ...options,
      absWorkingDir: root,
      bundle: true,
      minify: true,
      write: false,
      legalComments: 'none',
    });
    const [{ contents, text }] = outputFiles as [(typeof outputFiles)[0]];
    assert.ok(contents.length <= maxPageBytes, `${name} has ${String(contents.length)} bytes`);
    // An XML namespace, which is never contacted.
    const code = text.replaceAll('http://www.w3.org/2000/svg', '');
    assert.doesNotMatch(code, /\bhttps?:|\bfetch\(|XMLHttpRequest|WebSocket|innerHTML|insertAdjacentHTML|\beval\(/);
  });

  test(`the panel of ${name} comes back after a reload of the window`, () => {
    assert.ok(activationEvents.includes(`onWebviewPanel:buildstream.${path.basename(name, '.js')}`));
  });
}

test('the menu of the fleet map is that of the Nodes view', () => {
  const { 'view/item/context': tree = [], 'webview/context': map = [] } = contributes.menus;
  const ofNodes = tree
    .filter(({ when, group }) => when.includes('view == buildstream.nodes') && !group.startsWith('inline'))
    .map((item) => ({
      ...item,
      when: item.when
        .replace('view == buildstream.nodes', 'webviewId == buildstream.fleetMap')
        .replaceAll('viewItem', 'buildstreamNode'),
    }));
  assert.ok(ofNodes.length > 5);
  assert.deepEqual(
    map.filter(({ when }) => when.includes('webviewId == buildstream.fleetMap')),
    ofNodes,
  );
});
