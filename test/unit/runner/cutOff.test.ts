import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { summaryText } from '@omnia-buildstream/cli/run/restart/summary';
import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import { recordsOf } from '@omnia-buildstream/runner/history/eventRecords';
import '../../support/vscode/playedVscode.ts';

const { countsText } = await import('@omnia-buildstream/client/stages/session/countsText');

/** An immediate stop leaves nodes that were already reset: they must not be reported as not tried. */
suite('nodes that a restart leaves', () => {
  const counts = { booted: 1, failed: 1, notTried: 18, everyBoot: [], busy: [], drained: [], durationMs: 1 };
  const ends: readonly (readonly [RestartSummary['stopped'], RegExp, RegExp])[] = [
    [undefined, /18 not tried/, /not finished/],
    ['asked', /18 not tried/, /not finished/],
    ['canary-failed', /18 not tried/, /not finished/],
    ['at-once', /18 not finished/, /not tried/],
  ];
  for (const [stopped, said, notSaid] of ends) {
    test(`are told for what they are: ${stopped ?? 'run to the end'}`, () => {
      const summary = { ...counts, stopped };
      const records = recordsOf({ type: 'stage-finished', at: '', stage: 'restart', ...summary });
      const texts = [
        summaryText(summary, [], 'state'),
        JSON.stringify(records),
        countsText({ done: 1, failed: 1, notTried: 18, isCutOff: stopped === 'at-once' }),
      ];
      for (const text of texts) {
        assert.match(text, said);
        assert.doesNotMatch(text.replaceAll('stage-finished', ''), notSaid);
      }
    });
  }
});
