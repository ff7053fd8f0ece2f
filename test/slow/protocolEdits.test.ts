/**
 * A million random edits sent as an editor does, with requests in between: the server answers every request without an
 * error.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Position } from '@omnia-buildstream/core/text/position';
import { fc } from '../support/properties/fastCheck.ts';
import { cluster } from '../support/cluster.ts';
import { hostileText } from '../support/hostileText.ts';
import { type Editor, failedUri, mappingUri, startEditor, workspace } from '../integration/server/harness.ts';

const editsWanted = Number(process.env['LSP_EDITS'] ?? '1000000');
/** Edits per message, as an editor sends after a paste, a multi-cursor edit or an undo. */
const editsOfAMessage = 10;
/** The documents are reopened after this many messages, or they would consist only of inserted text. */
const messagesOfADocument = 30;

const specUri = `${workspace}/network_spec.yml`;
const texts: Readonly<Record<string, string>> = {
  [mappingUri]: cluster,
  [failedUri]: JSON.stringify(
    { job_id: 'a', failed_nodes: [{ hostname: 'cn-001', bmc_ip: '10.6.0.14', status: 'failed', message: 'x' }] },
    undefined,
    2,
  ),
  [specUri]: 'Networks:\n  - admin_network:\n      oim_nic_name: eno1\n      netmask_bits: "24"\n',
};
const languages: Readonly<Record<string, string>> = { [failedUri]: 'json', [specUri]: 'yaml' };

interface Edit {
  readonly start: Position;
  readonly lines: number;
  readonly characters: number;
  readonly text: string;
}

const position = fc.record({ line: fc.nat({ max: 12 }), character: fc.nat({ max: 120 }) });
const edit: fc.Arbitrary<Edit> = fc.record({
  start: position,
  lines: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) }),
  characters: fc.nat({ max: 12 }),
  text: fc.oneof(
    hostileText,
    fc.constantFrom('', '\n', ',', '"', '\r', '{', '}', '[', ']', '10.6.0.1', ':', '#', '- '),
  ),
});
const message = fc.record({
  uri: fc.constantFrom(...Object.keys(texts)),
  edits: fc.array(edit, { minLength: editsOfAMessage, maxLength: editsOfAMessage, size: 'max' }),
});
const document = fc.record({
  messages: fc.array(message, { minLength: messagesOfADocument, maxLength: messagesOfADocument, size: 'max' }),
  at: position,
});

function changeOf({ start, lines, characters, text }: Edit): object {
  const end = { line: start.line + lines, character: lines === 0 ? start.character + characters : characters };
  return { range: { start, end }, text };
}

/** Sends every request that an editor has for a document. Rejects if the server fails at one. */
async function askAll(editor: Editor, uri: string, at: Position): Promise<void> {
  const range = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };
  const position = { position: at };
  const questions: Readonly<Record<string, object>> = {
    'textDocument/hover': position,
    'textDocument/completion': position,
    'textDocument/definition': position,
    'textDocument/references': { ...position, context: { includeDeclaration: true } },
    'textDocument/documentHighlight': position,
    'textDocument/selectionRange': { positions: [at] },
    'textDocument/codeAction': { range, context: { diagnostics: [] } },
    'textDocument/codeLens': {},
    'textDocument/documentSymbol': {},
    'textDocument/foldingRange': {},
    'textDocument/inlayHint': { range },
    'textDocument/semanticTokens/full': {},
    'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
  };
  for (const [method, params] of Object.entries(questions)) await editor.request(method, params, uri);
}

test('a million random edits over the protocol, and no failure', async (t) => {
  const editor = await startEditor(t);
  const failures: string[] = [];
  editor.connection.onNotification('window/logMessage', ({ message: said }: { message: string }) => {
    failures.push(said);
  });
  let edits = 0;
  const numRuns = Math.ceil(editsWanted / (editsOfAMessage * messagesOfADocument));
  await fc.assert(
    fc.asyncProperty(document, async ({ messages, at }) => {
      editor.published.length = 0;
      editor.statuses.length = 0;
      for (const [uri, text] of Object.entries(texts)) await editor.open(text, uri, languages[uri]);
      for (const [index, { uri, edits: list }] of messages.entries()) {
        const textDocument = { uri, version: index + 2 };
        const contentChanges = list.map(changeOf);
        await editor.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
        edits += list.length;
      }
      for (const uri of [mappingUri, failedUri]) await askAll(editor, uri, at);
      for (const uri of Object.keys(texts)) await editor.close(uri);
      assert.deepEqual(failures, []);
    }),
    { numRuns, endOnFailure: true },
  );
  assert.ok(edits >= editsWanted, String(edits));
  t.diagnostic(`${String(edits)} edits`);
});
