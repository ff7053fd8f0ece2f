import { groupIdentity } from '@omnia-buildstream/core/mapping/functionalGroups';
import { matchImage } from '@omnia-buildstream/core/plan/matchImage';
import { planDeploy } from '@omnia-buildstream/core/plan/planDeploy';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';
import { serverStageTexts as texts } from './texts.ts';

/** Roles of the mapping file for which the image group has no image; where the API names none at all, nobody can say. */
export function imageObstacles({ id, images }: ImageGroup, rows: readonly Target[]): Obstacle[] {
  if (images.length === 0) return [];
  const lacking = planDeploy({ rows, imageGroup: id, images }).lacking.filter(({ lacks }) =>
    lacks.some(({ kind }) => kind === 'no-image' || kind === 'other-images'),
  );
  const roles = rolesOf(lacking.map(({ target }) => target));
  return roles.length === 0 ? [] : [{ kind: 'no-image', roles, imageGroup: id }];
}

/** What the API does not know of the images: in 2.3 a role without a folder in S3 has an empty name (omnia.md section 7). */
export function imageNotes({ id, images }: ImageGroup, rows: readonly Target[]): Phrase[] {
  if (images.length === 0) return [phrase(texts.noImages, { group: id })];
  return rolesOf(rows).flatMap((role) => {
    const match = groupIdentity(role) === undefined ? undefined : matchImage(role, images);
    const isEmpty = match?.kind === 'found' && match.image.name === '';
    return isEmpty ? [phrase(texts.emptyImage, { role, group: id })] : [];
  });
}

function rolesOf(rows: readonly Target[]): string[] {
  return [...new Set(rows.map(({ functionalGroup }) => functionalGroup))];
}
