import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { traitsOf } from '@omnia-buildstream/core/mapping/versions';
import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { Obstacle, SentFile, StageNode } from '@omnia-buildstream/core/stage/preparedStage';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { StageRequest } from '@omnia-buildstream/oim/api/oimClient';
import { validateRequests } from '@omnia-buildstream/oim/stage/inputFiles';
import { mappingObstacles } from '../../mappingErrors.ts';
import type { GivenMapping, OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';

/** The parts of a plan that each stage provides itself; the parts common to all stages are added to them. */
export interface Touches {
  readonly request: StageRequest;
  readonly restart?: DecidedRestart;
  readonly nodes: readonly StageNode[];
  readonly files: readonly SentFile[];
  readonly notes: readonly Phrase[];
  readonly obstacles: readonly Obstacle[];
}

/** The request for the API. */
export function requestOf(situation: OimSituation): StageRequest {
  switch (situation.stage) {
    case 'deploy':
      return { stage: 'deploy', imageGroupId: situation.group.id };
    case 'restart':
      return { stage: 'restart' };
    case 'validate':
      return { stage: 'validate', ...validateRequests[testsOf(situation)] };
  }
}

/** Which of Omnia's tests are run; without a mapping file, those of 2.2. */
export function testsOf({ mapping }: OimSituation): keyof typeof validateRequests {
  return traitsOf(mapping?.version ?? '2.2').catalogRoles ? '2.3' : '2.2';
}

/** Lists the files that are uploaded. */
export function uploads(files: readonly SentFile[]): Phrase {
  return phrase(texts.uploads, { files: files.map(({ name }) => name).join(', ') });
}

export function errorsIn({ text, version }: GivenMapping): readonly Obstacle[] {
  return mappingObstacles(new CsvDocument(text), version);
}
