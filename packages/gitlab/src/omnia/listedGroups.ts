import type { NamedImage } from '@omnia-buildstream/core/plan/matchImage';
import type { Phrase } from '@omnia-buildstream/core/text/phrase';

/** An image group as the BuildStreaM API lists it; GitLab knows its name only. */
export interface ListedGroup {
  readonly id: string;
  readonly jobId: string | undefined;
  /** As the API says it; undefined: it was not asked. */
  readonly status?: string;
  /** When it last changed, milliseconds since the epoch; undefined: not told. */
  readonly updatedAt?: number | undefined;
  readonly images: readonly NamedImage[];
}

/** The image groups of the BuildStreaM API, or why they are not known. */
export type ListedGroups =
  | { readonly kind: 'listed'; readonly groups: readonly ListedGroup[] }
  /** Nobody has set the API up here. */
  | { readonly kind: 'no-api' }
  | { readonly kind: 'no-answer'; readonly why: readonly Phrase[] };
