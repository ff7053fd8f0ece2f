import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { inputFilesBeside } from '../oimAccess.ts';
import type { OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';
import { errorsIn, requestOf, testsOf, uploads, type Touches } from './touches.ts';

/**
 * The input files are uploaded as well; without a mapping file here, the tests run with the files that the server has.
 */
export async function validateTouches(situation: OimSituation): Promise<Touches> {
  const { mapping, read } = situation;
  const request = requestOf(situation);
  const tests = phrase(texts.tests, { kind: testsOf(situation) });
  if (mapping === undefined) return { request, nodes: [], files: [], notes: [tests], obstacles: [] };
  const files = await inputFilesBeside(mapping.file, read);
  const rows = targetsOf(mapping.text, mapping.version);
  const nodes = rows.map((target): StageNode => ({ target, why: phrase(whyTexts.tested) }));
  return { request, nodes, files, notes: [uploads(files), tests], obstacles: errorsIn(mapping) };
}
