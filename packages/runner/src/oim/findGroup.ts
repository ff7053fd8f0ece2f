import { distance } from '@omnia-buildstream/core/text/nearest';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { jobIdProblem } from '@omnia-buildstream/oim/api/ids';
import { groupTexts } from './texts.ts';

export type GroupChoice =
  | { readonly jobId: string; readonly group: ImageGroup }
  /** What is wrong. */
  | { readonly problem: Phrase };

/** Number of names that are listed if an image group does not exist. */
const mostNearest = 5;

/**
 * Finds the image group and its job, which correspond one to one (omnia.md section 3.3), by either of them. A group may
 * be named without its version if that is unambiguous.
 * @param image empty if no image group is specified
 */
export function findGroup(
  groups: readonly ImageGroup[],
  { image, job }: { readonly image: string; readonly job?: string | undefined },
): GroupChoice {
  const byJob = job === undefined ? undefined : groups.find(({ jobId }) => jobId?.toLowerCase() === job.toLowerCase());
  if (image === '') return byJob === undefined ? { problem: noGroupOf(job ?? '', groups) } : withJob(byJob);
  const found = groupNamed(groups, image);
  if ('problem' in found) return found;
  const { group } = found;
  const owner = group.jobId;
  if (job !== undefined && owner !== undefined && group !== byJob) {
    return { problem: phrase(groupTexts.otherJob, { group: group.id, owner, job }) };
  }
  return withJob(group);
}

/** The group with this name, with or without its version. */
export function groupNamed(
  groups: readonly ImageGroup[],
  image: string,
): { readonly group: ImageGroup } | { readonly problem: Phrase } {
  const exact = groups.find(({ id }) => id === image);
  if (exact !== undefined) return { group: exact };
  const versions = groups.filter(({ id }) => withoutVersion(id) === image);
  const [only, ...others] = versions;
  if (only === undefined) return { problem: unknown(groups, image) };
  if (others.length === 0) return { group: only };
  return { problem: phrase(groupTexts.severalVersions, { group: image, names: namesOf(versions) }) };
}

function withJob(group: ImageGroup): GroupChoice {
  const { id, jobId } = group;
  return jobId === undefined ? { problem: phrase(groupTexts.noJob, { group: id }) } : { jobId, group };
}

/** `rhel10-slurm` for `rhel10-slurm-v1.0` (omnia.md section 7); undefined if there is no version. */
function withoutVersion(id: string): string | undefined {
  const at = id.lastIndexOf('-v');
  return at > 0 && /^\d+(?:\.\d+){0,3}$/.test(id.slice(at + 2)) ? id.slice(0, at) : undefined;
}

function unknown(groups: readonly ImageGroup[], image: string): Phrase {
  if (groups.length === 0) return phrase(groupTexts.none);
  const near = groups.toSorted((one, other) => distance(one.id, image) - distance(other.id, image));
  const about = { group: image, count: groups.length, names: namesOf(near) };
  return phrase(groups.length <= mostNearest ? groupTexts.unknownOfFew : groupTexts.unknown, about);
}

function noGroupOf(job: string, groups: readonly ImageGroup[]): Phrase {
  return jobIdProblem(job) ?? phrase(groupTexts.noGroupOfJob, { job, count: groups.length });
}

function namesOf(groups: readonly ImageGroup[]): string {
  const shown = groups.slice(0, mostNearest).map(({ id, status }) => `${id} (${status})`);
  return shown.join(', ');
}
