import { changeNotices, noticePhrase } from '@omnia-buildstream/core/plan/planNotices';
import { imageNotes, roleImages } from '@omnia-buildstream/core/plan/roleImages';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';
import { whyTexts } from '@omnia-buildstream/core/stage/stageTexts';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { inputFilesBeside } from '../oimAccess.ts';
import type { GivenMapping, OimSituation } from '../situation.ts';
import { oimStageTexts as texts } from '../texts.ts';
import { errorsIn, requestOf, uploads, type Touches } from './touches.ts';

/** Assigns images to all rows, and reports rows that were removed. */
export async function deployTouches(situation: OimSituation, mapping: GivenMapping): Promise<Touches> {
  const { text, version } = mapping;
  const { group, read } = situation;
  const files = await inputFilesBeside(mapping.file, read);
  const rows = targetsOf(text, version);
  const before = await situation.committed();
  const given = (await situation.uploads.mappings()).map((earlier) => targetsOf(earlier, version));
  const images = roleImages(group, rows);
  const { imageGroup, lacking: roles } = images;
  const lacking: Obstacle[] = roles.length === 0 ? [] : [{ kind: 'no-image', roles, imageGroup }];
  const changes = changeNotices(before === undefined ? rows : targetsOf(before, version), rows, given);
  return {
    request: requestOf(situation),
    nodes: rows.map((target) => ({
      target,
      why: phrase(whyTexts.getsImageOfRole, { role: target.functionalGroup }),
    })),
    files,
    notes: [
      ...changes.map(noticePhrase),
      phrase(given.length === 0 ? texts.notDeployedFromHere : texts.comparedWith),
      uploads(files),
      phrase(texts.assigns),
      ...imageNotes(images),
    ],
    obstacles: [...errorsIn(mapping), ...lacking],
  };
}
