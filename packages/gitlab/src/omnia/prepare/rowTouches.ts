import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { PlanNotice } from '@omnia-buildstream/core/plan/plan';
import { changeNotices, removalNotices } from '@omnia-buildstream/core/plan/planNotices';
import { rowChanges } from '@omnia-buildstream/core/plan/rowChanges';
import { omniaTargetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import type { LocalInput, OnServer } from './localInput.ts';
import type { OmniaProject } from '../project.ts';
import { mappingPlaces } from '../projectFiles.ts';

/** How a new version of the mapping file changes its rows. */
export interface RowTouches {
  /** Effects other than booting nodes, the most serious first. */
  readonly changes: readonly PlanNotice[];
  /** What happens to nodes that are no longer in the file, the most serious first. */
  readonly leaving: readonly PlanNotice[];
  readonly added: readonly Target[];
  readonly removed: readonly Target[];
}

/** Undefined if it is not a mapping file. */
export function rowTouches(
  project: Pick<OmniaProject, 'version'>,
  { path, text, server }: LocalInput & OnServer,
): RowTouches | undefined {
  const version = mappingVersionOf(project, path);
  if (version === undefined) return undefined;
  const [before, after] = [omniaTargetsOf(server?.text ?? '', version), omniaTargetsOf(text, version)];
  const changes = changeNotices(before, after);
  const leaving = [...changes.filter(({ kind }) => kind !== 'rows-moved'), ...removalNotices(before, after)];
  const { added, removed } = rowChanges(before, after);
  return { changes, leaving, added, removed };
}

/** The version that a mapping file at this path is read as. Undefined if it is not a mapping file. */
export function mappingVersionOf({ version }: Pick<OmniaProject, 'version'>, path: string): OmniaVersion | undefined {
  const place = mappingPlaces.find((one) => one.path === path);
  return place === undefined ? undefined : (version ?? place.version);
}
