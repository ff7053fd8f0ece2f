import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { planNodes } from '@omnia-buildstream/core/nodes/planNodes';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { readEngineState, stateFileNames } from '@omnia-buildstream/core/restart/engineState';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { emptyRestartState } from '@omnia-buildstream/core/plan/restartState';
import { planDirect } from '@omnia-buildstream/runner/restart';
import { committed, engineFiles, imageGroup, lists, mappings } from '../../support/frontEnds/situations.ts';
import { modelAt } from '../../support/modelAt.ts';

/** The state that the stage engine left in its folder. */
function engineState() {
  const texts = engineFiles();
  const reading = readEngineState({
    journal: texts.get(stateFileNames.journal),
    restartState: texts.get(stateFileNames.restartState),
    failedNodes: texts.get(stateFileNames.failedNodes),
  });
  assert.ok('state' in reading);
  return reading.state;
}

const nothing = { restartState: emptyRestartState, failedNodes: noFailedNodes };

suite('Show Plan, and a restart from here of the same image group', () => {
  for (const [mappingName, text] of Object.entries(mappings)) {
    if (text === undefined) continue;
    for (const [listName, list] of Object.entries(lists)) {
      for (const hasRun of [true, false]) {
        for (const head of [committed, undefined]) {
          const git = head === undefined ? 'without git' : 'with git';
          const title = `mapping file ${mappingName}, list ${listName}, ${hasRun ? 'after a run' : 'before any run'}, ${git}`;
          test(`boot the same nodes: ${title}`, () => {
            const engine = hasRun ? engineState() : undefined;
            const shown = planNodes({
              mapping: modelAt(text).model,
              failed: list === undefined ? undefined : readFailedNodesDocument(list),
              committed: head === undefined ? undefined : targetsOf(head, '2.2'),
              engine,
            });
            const traces = {
              file: '',
              list: failedListOf(list, undefined),
              committed: head === undefined ? undefined : targetsOf(head, '2.2'),
            };
            const request = { file: '', text, version: '2.2', imageGroup, omnia: traces } as const;
            if (shown.plan === undefined) {
              assert.throws(() => planDirect(request, engine ?? nothing));
              return;
            }
            const { plan } = planDirect(request, engine ?? nothing);
            const reasonsOf = ({ nodes }: typeof plan): string[] =>
              nodes.map(({ action, reason, target }) => `${target.bmcIp} ${action} ${reason}`);
            assert.deepEqual(reasonsOf(shown.plan), reasonsOf(plan));
          });
        }
      }
    }
  }
});
