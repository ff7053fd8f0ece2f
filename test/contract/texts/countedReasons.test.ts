/**
 * A question states the number of nodes for each reason: "60 new in the mapping file". The text must also read
 * correctly for one node.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';

const root = path.resolve(import.meta.dirname, '../../..');
const german = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.de.json'), 'utf8')) as Record<string, string>;
const reasons: readonly string[] = [...Object.values(reasonTexts), ...Object.values(whyTexts)];

/** Matches reasons that form a separate sentence after a number, or that fit only one node or only several. */
const ofOneOrMany =
  /^(?:is|are|gets?|has|have|its|an?|another|unknown|only)\b|\b(?:it|its|they|them|their|is|are|stands?)\b/i;
const ofOneOrManyInGerman =
  /^(?:eine?|der|die|das|dessen|hier|nur er)\b|\b(?:er|sie|es|sein|seine|seiner|ihre|ihrer|ist|sind|wird|werden|hat|haben|erhält|erhalten|kann|können|gilt|gelten)\b/i;

suite('a reason that stands behind a number', () => {
  for (const reason of reasons) {
    test(reason, () => {
      assert.doesNotMatch(reason, ofOneOrMany);
      assert.doesNotMatch(german[reason] ?? '', ofOneOrManyInGerman);
    });
  }
});
