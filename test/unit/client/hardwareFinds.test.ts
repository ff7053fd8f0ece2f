/** BMCs without a row, and comparisons of hardware, as shown in the editor. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { isUserError } from '@omnia-buildstream/core/errors/userError';
import type { TextEdit } from '@omnia-buildstream/core/text/position';
import { phrase, wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import { answers, shown } from '../../support/vscode/fakeVscode.ts';
import '../../support/vscode/playedVscode.ts';

const { findBmcs } = await import('@omnia-buildstream/client/stages/hardware/findBmcs');
const { offerFilled } = await import('@omnia-buildstream/client/stages/hardware/showFilled');

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';
const edits: readonly TextEdit[] = [
  { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: 'x' },
];

suite('BMCs without a row', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'finds-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function find(text: string, unread: readonly { readonly bmcIp: string; readonly problem: Said }[]) {
    const file = path.join(folder, 'pxe_mapping_file.csv');
    await writeFile(file, text);
    const log: string[] = [];
    let looks = 0;
    const context = {
      nodes: { refresh: () => Promise.resolve({ mappingUri: `file://${file}` }) },
      logins: {},
      log: { warn: (line: string) => log.push(line) },
    };
    const all = unread.map(({ bmcIp }) => ({ bmcIp, product: '', problem: undefined }));
    const search = {
      look: () => {
        looks += 1;
        return Promise.resolve(all);
      },
      read: () => Promise.resolve({ found: [], unread: unread.map((one) => ({ ...one, product: '' })) }),
    };
    answers.input = '10.6.0.0/29';
    answers.modal = (_question, _detail, [button]) => button;
    shown.length = 0;
    const error = await findBmcs(context as never, [], search).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return { error, log, looks: () => looks };
  }

  test('are told with the reason why they were not read', async () => {
    const unread = ['password', 'certificate', 'firmware', 'licence'].map((what, index) => {
      return { bmcIp: `10.6.0.${String(index + 1)}`, problem: phrase('Its {what} is refused', { what }) };
    });
    const { log, error } = await find(`${header}\n`, unread);
    assert.equal(error, undefined);
    assert.deepEqual(
      log,
      unread.map(({ bmcIp, problem }) => `${bmcIp}: ${wordsOf(problem)}`),
    );
    const message = shown.find((line) => line.startsWith('pxe_mapping_file.csv:')) ?? '';
    for (const line of log.slice(0, 3)) assert.ok(message.includes(line), message);
    assert.match(message, /and 1 more/);
  });

  test('of a file without a header are not looked for: no row could be added', async () => {
    for (const text of ['', '# rack 2\n']) {
      const { error, looks } = await find(text, []);
      assert.ok(isUserError(error));
      assert.equal(looks(), 0);
    }
  });
});

suite('a comparison of a file with what it would be', () => {
  test('has another name for another text, whatever the version of the file', async () => {
    const names = new Set<string>();
    for (const newText of ['a', 'b']) {
      const document = { uri: { fsPath: '/p/m.csv' }, version: 1, getText: () => 'text' };
      answers.modal = undefined;
      shown.length = 0;
      await offerFilled(
        document as never,
        edits.map((edit) => ({ ...edit, newText })),
        { question: 'Fill?', button: 'Fill' },
      );
      names.add(shown.find((line) => line.startsWith('opened ')) ?? '');
    }
    assert.equal(names.size, 2);
  });
});
