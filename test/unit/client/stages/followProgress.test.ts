import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import '../../../support/vscode/playedVscode.ts';

const { progressText } = await import('@omnia-buildstream/client/pipelines/actions/followProgress');

const cancel = 'Canceling stops the progress display only; the pipeline continues.';

suite('the notification of a pipeline that is followed', () => {
  const texts: readonly [name: string, detail: string, running: readonly string[], text: string][] = [
    [
      'says what is known of the nodes, once',
      '#7 restart: 4 of 60 nodes',
      ['restart'],
      `restart: 4 of 60 nodes. ${cancel}`,
    ],
    [
      'ends a sentence once',
      '#7 restart: IN_PROGRESS. Its log does not show single nodes.',
      ['restart'],
      `restart: IN_PROGRESS. Its log does not show single nodes. ${cancel}`,
    ],
    ['names the jobs that run', '', ['deploy', 'lint'], `running: deploy, lint. ${cancel}`],
    ['waits', '', [], 'waiting'],
    ['keeps the number of another pipeline', '#8 restart: running', [], `#8 restart: running. ${cancel}`],
  ];
  for (const [name, detail, running, text] of texts) {
    test(name, () => {
      assert.equal(progressText(7, detail, running), text);
    });
  }
});
