import type { NamedImage } from '@omnia-buildstream/core/plan/matchImage';
import type { Phrase } from '@omnia-buildstream/core/text/phrase';
import type { Job } from '../model/job.ts';
import { imageNames } from '../tree/imageNames.ts';

/** An image group as the BuildStreaM API lists it; GitLab knows only its name. */
export interface ListedGroup {
  readonly id: string;
  readonly jobId: string | undefined;
  /** As the API reports it. Undefined if the API was not asked for it. */
  readonly status?: string;
  /** When it last changed, in milliseconds since 1970. Undefined if unknown. */
  readonly updatedAt?: number | undefined;
  readonly images: readonly NamedImage[];
}

/** The image groups of the BuildStreaM API, or why they are not known. */
export type ListedGroups =
  | { readonly kind: 'listed'; readonly groups: readonly ListedGroup[] }
  /** The API is not set up here. */
  | { readonly kind: 'no-api' }
  | { readonly kind: 'no-answer'; readonly why: readonly Phrase[] };

/** Requests the list, and remembers the IDs that people know the groups by. */
export async function askListed({ imageGroups }: AsksGroups): Promise<ListedGroups> {
  const listed = (await imageGroups?.()) ?? { kind: 'no-api' };
  if (listed.kind === 'listed') imageNames.learn(listed.groups.map(({ id }) => id));
  return listed;
}

/** Does the same, but only if nothing more than its job name is known about one of these select jobs. */
export async function nameGroups(project: AsksGroups, images: readonly Pick<Job, 'name'>[]): Promise<void> {
  if (images.some(({ name }) => imageNames.isUnknown(name))) await askListed(project);
}

interface AsksGroups {
  /** Undefined if the API is not set up here. */
  readonly imageGroups?: () => Promise<ListedGroups>;
}
