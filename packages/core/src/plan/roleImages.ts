import { groupIdentity } from '../mapping/functionalGroups.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import { matchImage, type NamedImage } from './matchImage.ts';
import { planDeploy } from './planDeploy.ts';
import type { Target } from './targets.ts';

/** A role of the mapping file, with its rows. */
export interface RoleRows {
  readonly role: string;
  /** Of the file, from 0. */
  readonly lines: readonly number[];
}

/** Whether the roles of a mapping file have an image in a group. */
export interface RoleImages {
  readonly imageGroup: string;
  /** Nodes of these would be given nothing to boot. */
  readonly lacking: readonly RoleRows[];
  /** Roles whose image has an empty name: BuildStreaM 2.3 found no folder in S3 (omnia.md section 7.2). */
  readonly empty: readonly string[];
  /** Nobody lists images of this group, so it is unknown. */
  readonly isUnknown: boolean;
}

/** What the API does not know of the images of a group. */
export const imageTexts = {
  noImages: 'The API names no images of {group}, so it is unknown whether each role of the mapping file has one.',
  emptyImage: 'The API found no image of the role {role} in {group}.',
  checked: 'Each role of the mapping file has an image in {group}.',
} as const;

/** The one place that says which roles have no image. */
export function roleImages(
  { id, images }: { readonly id: string; readonly images: readonly NamedImage[] },
  rows: readonly Target[],
): RoleImages {
  if (images.length === 0) return { imageGroup: id, lacking: [], empty: [], isUnknown: true };
  const lines = new Map<string, number[]>();
  for (const { target, lacks } of planDeploy({ rows, imageGroup: id, images }).lacking) {
    if (!lacks.some(({ kind }) => kind === 'no-image' || kind === 'other-images')) continue;
    const known = lines.get(target.functionalGroup);
    if (known === undefined) lines.set(target.functionalGroup, [target.line]);
    else known.push(target.line);
  }
  const roles = [...new Set(rows.map(({ functionalGroup }) => functionalGroup))];
  const empty = roles.filter((role) => {
    const match = groupIdentity(role) === undefined ? undefined : matchImage(role, images);
    return match?.kind === 'found' && match.image.name === '';
  });
  const lacking = [...lines].map(([role, at]) => ({ role, lines: at }));
  return { imageGroup: id, lacking, empty, isUnknown: false };
}

/** More than this is of no use to anybody. */
const mostLines = 8;

/** `slurm_node_x86_64 (3, 4, 9), login_node_x86_64 (12)`: roles with the lines of their rows, from 1. */
export function roleRowsText(roles: readonly RoleRows[]): string {
  return roles
    .map(({ role, lines }) => {
      const shown = lines.slice(0, mostLines).map((line) => String(line + 1));
      const more = lines.length > mostLines ? [`+${String(lines.length - mostLines)}`] : [];
      return `${role} (${[...shown, ...more].join(', ')})`;
    })
    .join(', ');
}

/** What is to be said of images that are not lacking. */
export function imageNotes({ imageGroup: group, empty, isUnknown }: RoleImages): Phrase[] {
  if (isUnknown) return [phrase(imageTexts.noImages, { group })];
  return empty.map((role) => phrase(imageTexts.emptyImage, { role, group }));
}
