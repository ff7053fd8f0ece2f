import { detectVersion, type VersionReason } from '@omnia-buildstream/core/mapping/detectVersion';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { MappingDocument } from './mappingDocument.ts';
import type { MappingStatus } from './protocol.ts';
import type { UserSettings } from './settings.ts';
import { pathOf } from './uris.ts';

export interface ChosenVersion {
  readonly version: OmniaVersion;
  readonly source: MappingStatus['source'];
  readonly reason: VersionReason;
}

/** The version from the settings, otherwise the one that the file suggests. */
export function chooseVersion({ uri, model }: MappingDocument, settings: UserSettings): ChosenVersion {
  if (settings.version !== 'auto')
    return { version: settings.version, source: settings.versionFrom, reason: 'nothing' };
  const roles = model.index('FUNCTIONAL_GROUP_NAME').keys();
  const groups = model.index('GROUP_NAME').keys();
  const { version, reason } = detectVersion({ path: pathOf(uri), layout: model.layout, roles, groups });
  return { version, source: reason === 'nothing' ? 'default' : 'detected', reason };
}
