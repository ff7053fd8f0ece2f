import type { Obstacle } from '@omnia-buildstream/core/stage/preparedStage';
import { imageNotes, imageTexts, roleImages, type RoleImages } from '@omnia-buildstream/core/plan/roleImages';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { imageGroupOf } from '../tree/deployRun.ts';
import type { Job } from '../model/job.ts';
import type { ListedGroup, ListedGroups } from './listedGroups.ts';
import { isSameGroup } from './sameGroup.ts';
import type { MappingPlan } from './serverPlan.ts';
import type { ServerMapping } from './projectFiles.ts';

/** Whether the roles of the mapping file have an image in the group that is about to be deployed. */
export type ImageCheck =
  | { readonly kind: 'checked'; readonly images: RoleImages }
  /** The API lists no such group, or several that match its job. */
  | { readonly kind: 'not-listed' }
  | Exclude<ListedGroups, { readonly kind: 'listed' }>;

/**
 * @param image the select job of the group. In 2.2 its name is not the group's ID; BuildStreaM's job identifies the
 * group
 */
export function checkImages(
  listed: ListedGroups,
  image: Pick<Job, 'name'>,
  { run, text, version }: Pick<MappingPlan, 'run'> & Pick<ServerMapping, 'text' | 'version'>,
): ImageCheck {
  if (listed.kind !== 'listed') return listed;
  const byJob = listed.groups.filter(
    ({ jobId }) => jobId !== undefined && jobId.toLowerCase() === run.jobId?.toLowerCase(),
  );
  const group = byJob.length > 0 ? only(byJob) : listedGroup(listed, image);
  if (group === undefined) return { kind: 'not-listed' };
  return { kind: 'checked', images: roleImages(group, targetsOf(text, version)) };
}

/** The BuildStreaM API's group that a select job stands for. Undefined if the API lists none or several that match. */
export function listedGroup(listed: ListedGroups, image: Pick<Job, 'name'>): ListedGroup | undefined {
  return listed.kind === 'listed'
    ? only(listed.groups.filter(({ id }) => isSameGroup(id, imageGroupOf(image))))
    : undefined;
}

function only<T>([first, ...others]: readonly T[]): T | undefined {
  return others.length === 0 ? first : undefined;
}

/** Roles that would have nothing to boot. */
export function lackingRoles(check: ImageCheck | undefined): RoleImages['lacking'] {
  return check?.kind === 'checked' ? check.images.lacking : [];
}

/** Deploy is not run if a role has no image. */
export function imageObstacles(check: ImageCheck | undefined): readonly Obstacle[] {
  const roles = lackingRoles(check);
  if (check?.kind !== 'checked' || roles.length === 0) return [];
  return [{ kind: 'no-image', roles, imageGroup: check.images.imageGroup }];
}

export const imageCheckTexts = {
  noApi:
    'It is unknown whether the image group has an image for each role of the mapping file: GitLab does not show it, and no BuildStreaM API is set up here.',
  noAnswer:
    'It is unknown whether the image group has an image for each role of the mapping file: the BuildStreaM API did not report it.',
  notListed:
    'It is unknown whether the image group has an image for each role of the mapping file: the BuildStreaM API lists no group that is certainly this one.',
} as const;

/** What is known about the images before a deploy. Empty for anything else. */
export function imageCheckNotes(check: ImageCheck | undefined): Phrase[] {
  switch (check?.kind) {
    case undefined:
      return [];
    case 'checked': {
      const notes = imageNotes(check.images);
      return notes.length === 0 ? [phrase(imageTexts.checked, { group: check.images.imageGroup })] : notes;
    }
    case 'no-api':
      return [phrase(imageCheckTexts.noApi)];
    case 'no-answer':
      return [phrase(imageCheckTexts.noAnswer), ...check.why];
    case 'not-listed':
      return [phrase(imageCheckTexts.notListed)];
  }
}
