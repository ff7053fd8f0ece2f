import { refused } from '@omnia-buildstream/core/errors/userError';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import path from 'node:path';
import { ImageSourceError, type ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { isSameGroup } from '@omnia-buildstream/gitlab/omnia/sameGroup';
import { imageGroupsOf } from '@omnia-buildstream/runner/imageGroups';
import * as vscode from 'vscode';
import { deployedNow, imageItem, newestFirst } from '../decision/imageItems.ts';
import type { EngineSettings } from './settings/readEngineSettings.ts';
import { say } from '../platform/say.ts';
import { window } from '../platform/window.ts';

const imageKey = 'stages.imageGroup';

/** The image group of the last run. */
export function lastImageGroup(state: vscode.Memento): string {
  const value = state.get<unknown>(imageKey);
  return typeof value === 'string' ? value : '';
}

export async function rememberImageGroup(state: vscode.Memento, imageGroup: string): Promise<void> {
  await state.update(imageKey, imageGroup);
}

/** The image groups of the list that the settings name; undefined when they name none. @throws UserError */
export async function listedImageGroups(
  { images }: EngineSettings,
  project: string,
): Promise<readonly ImageGroup[] | undefined> {
  if (images === undefined) return undefined;
  try {
    return await imageGroupsOf({ ...images, file: path.resolve(project, images.file) });
  } catch (error) {
    if (error instanceof ImageSourceError) throw refused(wordsOf(error.said, say));
    throw error;
  }
}

/**
 * Asks for the image group, from a list where there is one; undefined when the user changes their mind.
 * @param deployed asked for a list only
 */
export async function askImageGroup(
  state: vscode.Memento,
  groups: readonly ImageGroup[] | undefined,
  deployed: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (groups !== undefined && groups.length > 0) {
    return choose(groups, { last: lastImageGroup(state), deployed: await deployed() });
  }
  const value = await window.showInputBox({
    title: vscode.l10n.t('Image Group'),
    prompt: vscode.l10n.t('The image group that the nodes boot. A different one than before boots all nodes.'),
    value: lastImageGroup(state),
    ignoreFocusOut: true,
  });
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

async function choose(groups: readonly ImageGroup[], known: KnownGroups): Promise<string | undefined> {
  const options = { title: vscode.l10n.t('Image Group'), matchOnDetail: true, ignoreFocusOut: true };
  return (await window.showQuickPick(groupItems(groups, known), options))?.group.id;
}

/** What is known of image groups beside themselves, by name. */
export interface KnownGroups {
  /** Empty: none was selected before. */
  readonly last: string;
  /** Undefined: nothing tells. */
  readonly deployed: string | undefined;
}

/** Image groups as every list offers them; the newest first, whichever is deployed or was selected last. */
export function groupItems(groups: readonly ImageGroup[], known: KnownGroups) {
  return newestFirst(groups, ({ updatedAt }) => updatedAt).map((group) => ({
    ...imageItem({
      name: group.id,
      state: group.status,
      changedMs: group.updatedAt,
      now: nowText(group, known),
    }),
    detail: plainLine(group.images.map(({ role }) => role).join(', ')),
    group,
  }));
}

function nowText({ id }: ImageGroup, { last, deployed }: KnownGroups): string {
  if (deployed !== undefined && isSameGroup(deployed, id)) return deployedNow();
  return id === last ? vscode.l10n.t('last selected') : '';
}
