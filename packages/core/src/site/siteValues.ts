import type { SiteFile } from './readSite.ts';
import type { SiteValue } from './shapes.ts';
import { siteKey, type SiteKeyName } from './siteKeys.ts';

/**
 * The values of a file in the shape of the settings, paths from its folder on.
 *
 * @param folder of the file, with `/` between its parts; empty: paths stay as they are
 */
export function siteValues({ entries }: SiteFile, folder: string): (name: SiteKeyName) => SiteValue | undefined {
  return (name) => {
    const value = entries.get(name)?.value;
    if (folder === '' || siteKey(name).isPath !== true || typeof value !== 'string') return value;
    const [, prefix = '', path = ''] = /^(files:)?(.*)$/s.exec(value) ?? [];
    const isPlace = name !== 'provision' || prefix !== '';
    const isAbsolute = /^(?:\/|\\|[A-Za-z]:)/.test(path);
    return isPlace && !isAbsolute ? `${prefix}${folder}/${path}` : value;
  };
}
