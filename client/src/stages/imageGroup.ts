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

/** The image group of the last run. Empty if there is none. */
export function lastImageGroup(state: vscode.Memento): string {
  const value = state.get<unknown>(imageKey);
  return typeof value === 'string' ? value : '';
}

export async function rememberImageGroup(state: vscode.Memento, imageGroup: string): Promise<void> {
  await state.update(imageKey, imageGroup);
}

/** The image groups of the list that the settings name. Undefined if they name no list. @throws UserError */
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
 * Asks for the image group, with a quick pick if there are groups to list. Undefined if the user cancels.
 * @param deployed called only for the quick pick
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

/** What else is known about image groups, by name. */
export interface KnownGroups {
  /** The group that was selected last. Empty if there is none. */
  readonly last: string;
  /** The group that is deployed now. Undefined if unknown. */
  readonly deployed: string | undefined;
}

/** Image groups as every quick pick lists them: newest first, regardless of which is deployed or was selected last. */
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
