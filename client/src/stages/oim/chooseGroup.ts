import { refused } from '@omnia-buildstream/core/errors/userError';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { groupNamed as findGroup } from '@omnia-buildstream/runner/oim/findGroup';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { groupItems, type KnownGroups } from '../imageGroup.ts';
import { window } from '../../platform/window.ts';

/** Asks for one of these image groups. Undefined if the user cancels. @throws UserError if there are none */
export async function pickGroup(groups: readonly ImageGroup[], known: KnownGroups): Promise<ImageGroup | undefined> {
  if (groups.length === 0) {
    throw refused(vscode.l10n.t('The BuildStreaM API has no image groups. Run the build pipeline first.'));
  }
  return (await window.showQuickPick(groupItems(groups, known), { title: vscode.l10n.t('Image Group') }))?.group;
}

/** The image group with this name, with or without its version. @throws UserError that names the closest matches */
export function groupNamed(groups: readonly ImageGroup[], image: string): ImageGroup {
  const choice = findGroup(groups, image);
  if ('problem' in choice) throw refused(plainLine(wordsOf(choice.problem, say)));
  return choice.group;
}

/** The job of an image group. Each has exactly one (omnia.md section 3.3). @throws UserError if the API names none */
export function jobOf({ id, jobId }: ImageGroup): string {
  if (jobId !== undefined) return jobId;
  throw refused(vscode.l10n.t('The BuildStreaM API names no job for the image group {0}.', plainLine(id)));
}
