import { isOmniaVersion, type Level } from '@omnia-buildstream/core/mapping/versions';
import { settle } from '@omnia-buildstream/core/site/settle';
import type { Io } from '../io.ts';
import type { FoundSite } from '../site/findSite.ts';
import { readFound } from '../site/siteFile.ts';
import type { Judged } from './options.ts';

/** What a file is checked with: the options, with the values of its buildstream.yml as defaults. @throws UserError */
export function withSiteDefaults(found: FoundSite, { version, overrides, share }: Judged, io: Io): Judged {
  const options = {
    omniaVersion: version,
    omniaShare: share,
    rules: overrides.size === 0 ? undefined : Object.fromEntries(overrides),
  };
  const settled = settle({
    site: readFound(found, io).values,
    options: (name) => (name in options ? options[name as keyof typeof options] : undefined),
  });
  const [versionName, rules, place] = (['omniaVersion', 'rules', 'omniaShare'] as const).map(
    (name) => settled.get(name)?.value,
  );
  return {
    version: typeof versionName === 'string' && isOmniaVersion(versionName) ? versionName : undefined,
    overrides: new Map(Object.entries((rules ?? {}) as Readonly<Record<string, Level>>)),
    share: place as Judged['share'],
  };
}
