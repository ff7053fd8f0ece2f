import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { root } from '../../scripts/paths.mjs';

interface Binding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
  readonly win?: string;
  readonly when: string;
}

interface MenuItem {
  readonly command: string;
  readonly when: string;
}

const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly contributes: {
    readonly keybindings: readonly Binding[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  };
};

/** Whether a binding belongs to table mode; its condition is true only in this mode. */
const isOfTable = ({ when }: Binding): boolean => when.includes('buildstream.tableMode');
const bindings = contributes.keybindings.filter((one) => !isOfTable(one));

/** The whole of VS Code for all systems; it contains each key binding as a number. */
const workbench = path.join(root, 'node_modules/code-server/lib/vscode/out/vs/code/browser/workbench/workbench.js');

/** As in `vs/base/common/keyCodes`: `CtrlCmd` is Cmd on macOS. */
const modifiers: Readonly<Record<string, number>> = { ctrl: 2048, cmd: 2048, shift: 1024, alt: 512 };
const keyA = 31;

function codeOf(chord: string): number {
  const parts = chord.split('+');
  const letter = parts.pop() ?? '';
  const code = keyA + letter.charCodeAt(0) - 'a'.charCodeAt(0);
  return parts.reduce((sum, part) => sum + (modifiers[part] ?? Number.NaN), code);
}

/** Whether VS Code has a binding for a key, or for a chord of two keys. */
function isTaken(source: string, key: string): boolean {
  const codes = key.split(' ').map(codeOf);
  assert.ok(codes.every(Number.isInteger), key);
  const [code, second] = codes;
  const own = second === undefined ? String(code) : `\\w{1,4}\\(${String(code)},${String(second)}\\)`;
  const place = new RegExp(`(?:primary:|secondary:\\[(?:[^\\]]{0,80},)?)${own}(?!\\d)`);
  return place.test(source);
}

suite('key bindings', () => {
  test('are three, for what is used most, where the extension works', () => {
    assert.deepEqual(
      bindings.map(({ command }) => command),
      ['buildstream.deploy', 'buildstream.showPlan', 'buildstream.markAndRetry'],
    );
    for (const { command, when } of bindings) {
      assert.ok(when.includes('buildstream.nodesGrouping'), command);
      assert.equal(when.includes('isWorkspaceTrusted'), command !== 'buildstream.showPlan', command);
    }
  });

  test('on Windows are no key that AltGr types a letter with', () => {
    for (const { win = '' } of bindings) assert.match(win, /^ctrl\+k ctrl\+shift\+[a-z]$/);
  });

  test('are none that VS Code has, on any system', { skip: !existsSync(workbench) && 'VS Code is not set up' }, () => {
    const source = readFileSync(workbench, 'utf8');
    // Checks that existing bindings are found: Copy Relative Path, the same on Windows, and Toggle Side Bar.
    for (const key of ['ctrl+shift+alt+c', 'ctrl+k ctrl+shift+c', 'ctrl+b']) assert.ok(isTaken(source, key), key);
    for (const { key, mac, win } of bindings) {
      for (const one of [key, mac ?? key, win ?? key]) assert.ok(!isTaken(source, one), one);
    }
  });
});

test('commit, plan, marks and retry stand where one works on the files', () => {
  const both = (menu: string, ...commands: readonly string[]): void => {
    const there = (contributes.menus[menu] ?? []).map(({ command }) => command);
    for (const command of commands) assert.ok(there.includes(`buildstream.${command}`), `${menu}: ${command}`);
  };
  both('editor/title', 'showPlan', 'commitMappingFile', 'commitFailedNodes', 'markAndRetry');
  for (const menu of ['editor/context', 'explorer/context']) {
    both(menu, 'showPlan', 'commitMappingFile', 'commitFailedNodes', 'markAllSuccessful', 'markAndRetry');
  }
  both('scm/title', 'commitMappingFile', 'commitFailedNodes', 'commitInputFiles');
});
