import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { folderOf } from '../../support/cli/files.ts';
import '../../support/vscode/playedVscode.ts';

const { connectionFileIn, startLabProcess } = await import('@omnia-buildstream/client/lab/practice/labProcess');

/** Replaces the command line: a lab that writes its file once it is up, or that exits. */
const plays = {
  lab: `const at = process.argv.indexOf('--folder');
const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
mkdirSync(process.argv[at + 1], { recursive: true });
const file = process.argv[at + 1] + '/lab.json';
writeFileSync(file + '.new', 'of the new lab');
renameSync(file + '.new', file);`,
  none: `console.error('no free address'); process.exit(2);`,
};

for (const before of ['nothing', 'the file of a lab that was killed']) {
  test(`a practice lab is there when it says so itself, with ${before} in its folder`, async (t) => {
    const folder = folderOf(t, { 'lab.cjs': plays.lab, 'none.cjs': plays.none });
    const labFolder = path.join(folder, 'labs/one');
    const file = connectionFileIn(labFolder);
    if (before !== 'nothing') {
      mkdirSync(labFolder, { recursive: true });
      writeFileSync(file, 'of the old lab');
    }
    await assert.rejects(
      startLabProcess(path.join(folder, 'none.cjs'), labFolder, 'healthy'),
      /did not start \(it ended with 2\)\. no free address/,
    );
    await startLabProcess(path.join(folder, 'lab.cjs'), labFolder, 'healthy');
    assert.equal(readFileSync(file, 'utf8'), 'of the new lab');
  });
}
