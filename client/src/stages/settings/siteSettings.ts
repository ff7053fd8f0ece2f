import { refused } from '@omnia-buildstream/core/errors/userError';
import { readSite } from '@omnia-buildstream/core/site/readSite';
import { settle, type LayerValues, type Settled } from '@omnia-buildstream/core/site/settle';
import { siteKey, siteKeyNames } from '@omnia-buildstream/core/site/siteKeys';
import { sitePlacesFor } from '@omnia-buildstream/core/site/sitePlaces';
import { siteValues } from '@omnia-buildstream/core/site/siteValues';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import path from 'node:path';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { say } from '../../platform/say.ts';

/** A setting with buildstream.yml as the layer below it, by name without `buildstream.`. Undefined if no key has it. */
export type SettledSetting = (setting: string) => Settled | undefined;

/**
 * The settings that buildstream.yml may contain, for a mapping file. The command line uses the same `settle` function.
 *
 * @param ofEditor value of a setting in the editor; undefined if it is not set
 * @throws UserError if the file cannot be used, because applying only part of it would not be what the site intended
 */
export async function settledSettings(
  scope: vscode.Uri | undefined,
  ofEditor: (setting: string) => unknown,
): Promise<SettledSetting> {
  const site = scope?.scheme === 'file' ? await siteLayer(scope.fsPath) : undefined;
  const settled = settle({
    ...(site !== undefined && { site }),
    settings: (name) => ofEditor(siteKey(name).setting),
  });
  const bySetting = new Map(siteKeyNames.map((name) => [siteKey(name).setting, settled.get(name)]));
  return (setting) => bySetting.get(setting);
}

async function siteLayer(mapping: string): Promise<LayerValues | undefined> {
  const top = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(mapping))?.uri.fsPath;
  for (const place of sitePlacesFor(slashed(mapping), top === undefined ? undefined : slashed(top))) {
    const text = await textAt(place);
    if (text === undefined) continue;
    const site = readSite(text);
    const [first] = site.problems;
    if (first === undefined) return siteValues(site, path.posix.dirname(place));
    const { message, params, range } = first;
    const words = wordsOf({ message, params }, say);
    throw refused(vscode.l10n.t('{0}, line {1}: {2} Correct it first.', place, range.start.line + 1, words));
  }
  return undefined;
}

async function textAt(place: string): Promise<string | undefined> {
  const isOpen = ({ uri }: vscode.TextDocument): boolean => uri.scheme === 'file' && slashed(uri.fsPath) === place;
  if (vscode.workspace.textDocuments.find(isOpen)?.isDirty === true) {
    throw lacking(
      vscode.l10n.t('{0} has unsaved changes. Save it first: what is on disk is run.', path.posix.basename(place)),
      ways.saveAll(),
    );
  }
  try {
    return new TextDecoder().decode(await readRegularFile(place));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (reason === 'ENOENT' || reason === 'ENOTDIR') return undefined;
    throw refused(vscode.l10n.t('{0} cannot be read ({1}).', place, reason));
  }
}

function slashed(file: string): string {
  return file.replaceAll('\\', '/');
}
