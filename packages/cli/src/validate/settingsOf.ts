import type { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import type { Io } from '../io.ts';
import type { ContextLoader } from './context.ts';
import { detect } from './detect.ts';
import type { Judged } from './options.ts';
import type { Source } from './source.ts';
import { findSite } from '../site/findSite.ts';

/**
 * What a mapping file is checked with: options, the settings of its site, and the files next to it. @throws UserError
 */
export async function settingsOf(
  { path, content: { encoding } }: Source,
  document: CsvDocument,
  { judged, contexts, io }: { readonly judged: Judged; readonly contexts: ContextLoader; readonly io: Io },
): Promise<{ readonly settings: ValidationSettings; readonly isDetected: boolean }> {
  const site = await findSite(path, io);
  const by = site === undefined ? judged : (await import('./siteDefaults.ts')).withSiteDefaults(site, judged, io);
  const version = by.version ?? detect(path, document, io.cwd);
  const context = await contexts.load(path, by, version);
  return {
    settings: { version, context, overrides: by.overrides, encoding },
    isDetected: by.version === undefined,
  };
}
