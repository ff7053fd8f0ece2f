import { isOmniaVersion, type Level } from '@omnia-buildstream/core/mapping/versions';
import type { SiteFile } from '@omnia-buildstream/core/site/readSite';
import { settle } from '@omnia-buildstream/core/site/settle';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import type { UserSettings } from '../settings.ts';

/** The settings, with buildstream.yml as the weaker layer below them. */
export function withSite(settings: UserSettings, site: SiteFile | undefined): UserSettings {
  if (site === undefined) return settings;
  const given = {
    omniaVersion: settings.version === 'auto' ? undefined : settings.version,
    omniaShare: settings.share,
    rules: settings.overrides.size === 0 ? undefined : Object.fromEntries(settings.overrides),
  };
  const settled = settle({
    site: siteValues(site, ''),
    settings: (name) => (name in given ? given[name as keyof typeof given] : undefined),
  });
  const [version, share, rules] = (['omniaVersion', 'omniaShare', 'rules'] as const).map(
    (name) => settled.get(name)?.value,
  );
  return {
    ...settings,
    version: typeof version === 'string' && isOmniaVersion(version) ? version : 'auto',
    versionFrom: settled.get('omniaVersion')?.from.at(-1) === 'site' ? 'site' : 'setting',
    share: share as UserSettings['share'],
    overrides: new Map(Object.entries((rules ?? {}) as Readonly<Record<string, Level>>)),
  };
}
