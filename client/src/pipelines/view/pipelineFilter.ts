import type { Pipeline } from '@omnia-buildstream/gitlab/model/pipeline';
import type { PipelineType } from '@omnia-buildstream/gitlab/tree/pipelineType';

/** Which pipelines the view shows. */
export interface ViewFilter {
  readonly type: PipelineType | undefined;
  /** Branch or tag. GitLab itself applies this filter. */
  readonly ref: string | undefined;
}

export const noFilter: ViewFilter = { type: undefined, ref: undefined };

/** For the title of the view. Empty without a filter. */
export function filterWords({ type, ref }: ViewFilter): string {
  return [type, ref].filter((word) => word !== undefined).join(' · ');
}

export function isFiltering(filter: ViewFilter): boolean {
  return filter.type !== undefined || filter.ref !== undefined;
}

/** Branches and tags to choose from: the default branch, then those of the pipelines, each once. */
export function refsToOffer(defaultBranch: string | undefined, pipelines: readonly Pipeline[]): string[] {
  const seen = pipelines.map(({ ref }) => ref);
  return [...new Set([...(defaultBranch === undefined ? [] : [defaultBranch]), ...seen])];
}
