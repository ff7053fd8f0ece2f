import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { catalog } from '@omnia-buildstream/core/rules/catalog';
import { CodeActionTriggerKind, type CodeAction, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { exampleOf } from '../../support/editing/ruleExample.ts';
import { type Editor, startEditor, workspace } from './harness.ts';

/** Commands that change nothing in the file. */
const aboutRules = new Set(['buildstream.setRuleSeverity', 'buildstream.openRuleDocs']);
/** Found in the bytes of a file, which an editor has already decoded to text. */
const byBytes = new Set(['not-utf8', 'byte-order-mark']);

/** What an editor gets when it requests light bulbs automatically. */
async function bulb(editor: Editor, { range, ...diagnostic }: Diagnostic, uri: string): Promise<CodeAction[]> {
  const context = { diagnostics: [{ range, ...diagnostic }], triggerKind: CodeActionTriggerKind.Automatic };
  return ((await editor.request('textDocument/codeAction', { range, context }, uri)) ?? []) as CodeAction[];
}

const isRepair = ({ command }: CodeAction): boolean => command === undefined || !aboutRules.has(command.command);

const rules = catalog
  .filter(({ file, code }) => file === 'mapping' && !byBytes.has(code))
  .map((entry) => ({ ...entry, example: exampleOf(entry.code) }));

type Entry = (typeof rules)[number];

/** Opens the examples in one editor, each in its own folder with its input files. */
async function judge(t: TestContext, settings: Record<string, unknown>, entries: readonly Entry[]): Promise<void> {
  const files = entries.flatMap(({ code, example }) =>
    Object.entries(example.beside).map(([name, text]) => [`${workspace}/${code}/input/${name}`, text] as const),
  );
  const editor = await startEditor(t, { settings, files: Object.fromEntries(files) });
  for (const { code, hasFix, example } of entries) {
    const uri = `${workspace}/${code}/input/pxe_mapping_file.csv`;
    await editor.open(example.text, uri);
    const found = await editor.diagnosticsWhere((all) => all.some((each) => each.code === code), uri);
    const bulbs = await Promise.all(
      found.filter((each) => each.code === code).map((diagnostic) => bulb(editor, diagnostic, uri)),
    );
    for (const actions of bulbs) assert.ok(actions.length === 0 || actions.some(isRepair), code);
    assert.equal(
      bulbs.some((actions) => actions.length > 0),
      hasFix,
      code,
    );
  }
}

for (const version of omniaVersions) {
  test(`every rule of ${version}: a bulb has a repair in it, and whatever can be repaired has a bulb`, async (t) => {
    const own = rules.filter(({ example }) => example.version === version);
    const isOfShare = ({ example }: Entry): boolean => example.context.share !== undefined;
    await judge(
      t,
      { omniaVersion: version },
      own.filter((entry) => !isOfShare(entry)),
    );
    for (const entry of own.filter(isOfShare)) {
      await judge(t, { omniaVersion: version, context: { omniaShare: entry.example.context.share } }, [entry]);
    }
  });
}
