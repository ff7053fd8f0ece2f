import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LocalFile } from '@omnia-buildstream/client/pipelines/files/localFile';
import '../../support/vscode/playedVscode.ts';

const vscode = await import('vscode');
const { checked } = await import('@omnia-buildstream/client/pipelines/files/commitCommand');

/** Git's conflict markers in a file, in both of its styles. */
const conflicts: Readonly<Record<string, readonly string[]>> = {
  merge: ['<<<<<<< HEAD', 'mine', '=======', 'theirs', '>>>>>>> main'],
  diff3: ['<<<<<<< HEAD', 'mine', '||||||| 1a2b3c4', 'base', '=======', 'theirs', '>>>>>>> main'],
};

function local(file: string, text: string): LocalFile {
  const content = Buffer.from(text);
  return {
    uri: vscode.Uri.file(`/omnia/${file}`),
    path: file,
    content,
    text,
    headText: undefined,
    repository: undefined,
  };
}

suite('a file in which a merge left a conflict is not committed from the editor', () => {
  for (const file of ['input/pxe_mapping_file.csv', 'miscellaneous/failed_nodes.json', 'input/network_spec.yml']) {
    for (const [style, lines] of Object.entries(conflicts)) {
      for (const lineEnd of ['\n', '\r\n']) {
        test(`${file}, ${style}, ${JSON.stringify(lineEnd)}`, () => {
          const text = ['first', ...lines, 'last', ''].join(lineEnd);
          assert.throws(() => checked(local(file, text)), /has a merge conflict in line 2\. Keep one side/);
          const whole = local(file, ['first', 'mine', 'last', ''].join(lineEnd));
          assert.equal(checked(whole), whole);
        });
      }
    }
  }
});
