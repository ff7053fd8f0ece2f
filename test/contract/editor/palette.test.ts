import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluateWhen, type ContextValue } from '../../support/vscode/whenClause.ts';

interface MenuItem {
  readonly command?: string;
  readonly when?: string;
}
interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly enablement?: string }[];
    readonly keybindings: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
  };
}

const root = path.resolve(import.meta.dirname, '../../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const { activationEvents, contributes } = JSON.parse(manifestText) as Manifest;
const palette = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));

type State = Readonly<Record<string, ContextValue>>;

/** Our extension is not running, so none of our context keys is set. */
const foreign: State = { isWorkspaceTrusted: true };
const project: State = { ...foreign, 'buildstream.inProject': true };
const signedIn: State = { ...project, 'buildstream.signedIn': true };
const everything: State = {
  ...signedIn,
  'buildstream.hasFailedNodes': true,
  'buildstream.apiSignedIn': true,
  'buildstream.slurmRest': true,
  'buildstream.labConnected': true,
};

/** The minimum and maximum number of our commands in the palette, per state. */
const states: readonly (readonly [name: string, state: State, least: number, most: number])[] = [
  ['a foreign folder', foreign, 4, 4],
  ['a project', project, 15, 21],
  ['a project that is not trusted', { ...project, isWorkspaceTrusted: false }, 6, 12],
  ['a project with failed nodes', { ...project, 'buildstream.hasFailedNodes': true }, 16, 22],
  ['a project that is signed in', signedIn, 22, 29],
  ['everything set up, and a lab', everything, 24, 32],
];

function shownIn(state: State): string[] {
  const holds = (clause: string | undefined) => clause === undefined || evaluateWhen(clause, (key) => state[key]);
  return contributes.commands
    .filter(({ command, enablement }) => holds(enablement) && holds(palette.get(command)))
    .map(({ command }) => command);
}

for (const [name, state, least, most] of states) {
  test(`the palette in ${name} has ${String(least)} to ${String(most)} commands`, () => {
    const shown = shownIn(state);
    assert.ok(shown.length >= least && shown.length <= most, `${String(shown.length)}: ${shown.join(' ')}`);
  });

  test(`a mapping file in front adds what edits it, and takes nothing away, in ${name}`, () => {
    const before = shownIn(state);
    const after = shownIn({ ...state, 'buildstream.activeMappingFile': true });
    assert.deepEqual(
      before.filter((command) => !after.includes(command)),
      [],
    );
    assert.ok(after.length - before.length <= 12, after.join(' '));
  });
}

test('who is signed in is not asked to sign in, and who is not finds it', () => {
  for (const [word, command] of [
    ['buildstream.signedIn', 'buildstream.signIn'],
    ['buildstream.apiSignedIn', 'buildstream.signInApi'],
  ] as const) {
    assert.ok(shownIn(project).includes(command));
    assert.ok(!shownIn({ ...project, [word]: true }).includes(command));
  }
});

test('what runs can be stopped from the palette, and nothing else is started meanwhile', () => {
  const running = shownIn({ ...project, 'buildstream.stageRunning': true });
  assert.ok(running.includes('buildstream.stopStage'));
  assert.ok(!running.includes('buildstream.runStage'));
});

test('a command that the palette never shows is in a menu, has a key, or is offered where it helps', () => {
  const elsewhere = new Set([
    ...Object.entries(contributes.menus).flatMap(([menu, items]) =>
      menu === 'commandPalette' ? [] : items.map(({ command }) => command),
    ),
    ...contributes.keybindings.map(({ command }) => command),
  ]);
  const sources = [...globSync('{client,server,packages/core}/src/**/*.ts', { cwd: root }), 'package.nls.json'];
  const texts = sources.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
  const offers = [...texts.matchAll(/(?:\bcommand: ?'?|executeCommand\(')(buildstream\.\w+)/g)];
  const offered = new Set(offers.map(([, command]) => command));
  const lost = contributes.commands
    .map(({ command }) => command)
    .filter((command) => palette.get(command) === 'false' && !elsewhere.has(command) && !offered.has(command));
  assert.deepEqual(lost, []);
});

test('every entry of the palette is of a command that exists, once', () => {
  const commands = new Set(contributes.commands.map(({ command }) => command));
  const entries = (contributes.menus['commandPalette'] ?? []).map(({ command }) => command ?? '');
  assert.deepEqual(
    entries.filter((command) => !commands.has(command)),
    [],
  );
  assert.equal(new Set(entries).size, entries.length);
});

test('every word of ours in a clause is set by the client', () => {
  const set = globSync('client/src/**/*.ts', { cwd: root }).map((file) => readFileSync(path.join(root, file), 'utf8'));
  const words = new Set(
    [...manifestText.matchAll(/"(?:when|enablement)": "([^"]+)"/g)].flatMap(([, clause = '']) =>
      clause
        .replaceAll(/\/(?:[^/\\]|\\.)+\//g, '')
        .replaceAll(/== *[\w.-]+/g, '')
        .match(/\bbuildstream\.\w+/g),
    ),
  );
  const missing = [...words].filter((word) => word !== null && !set.some((text) => text.includes(`'${word}'`)));
  assert.deepEqual(missing, []);
});

test('nothing of ours runs in a window without our files', () => {
  for (const event of activationEvents) {
    assert.match(
      event,
      /^(?:workspaceContains:\*\*\/\S*(?:pxe_mapping|failed_nodes|buildstream\.yml)|workspaceContains:\.buildstream\/practice\.json|onWebviewPanel:buildstream\.)/,
    );
  }
});
