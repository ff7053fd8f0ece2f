import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { ImageSourceError, type ImageGroup, type ImageSource } from '@omnia-buildstream/engine/ports/images';
import { groupNamed as findNamed } from '@omnia-buildstream/runner/oim/findGroup';
import { cannotRun } from '../../cannotRun.ts';
import type { Io } from '../../io.ts';
import { formatTable } from '../../table.ts';

/** The image group named, else the one that a person at the terminal chooses: the select_image stage. @throws UserError */
export async function chooseImage(
  name: string | undefined,
  source: ImageSource,
  people: Io['stdout'],
  io: Io,
): Promise<ImageGroup> {
  const groups = await listOf(source);
  if (groups.length === 0) throw cannotRun('file', 'The list has no image groups. Run the build pipeline first.');
  if (name !== undefined && name !== '') return groupNamed(name, groups);
  const rows = groups.map(({ id, status, images }, index) => {
    return [String(index + 1), id, status, images.map(({ role }) => role).join(', ')];
  });
  await people.write(`${formatTable(['', 'IMAGE GROUP', 'STATUS', 'ROLES'], rows)}\n`);
  const answer = (await io.ask('Which one? '))?.trim();
  if (answer === undefined || answer === '') {
    throw cannotRun('arguments', 'Nothing was changed. Name the image group with --image.');
  }
  return (/^\d+$/.test(answer) ? groups[Number(answer) - 1] : undefined) ?? groupNamed(answer, groups);
}

async function listOf(source: ImageSource): Promise<readonly ImageGroup[]> {
  try {
    return await source.list(new AbortController().signal);
  } catch (error) {
    if (error instanceof ImageSourceError) throw cannotRun('file', error.message);
    throw error;
  }
}

function groupNamed(name: string, groups: readonly ImageGroup[]): ImageGroup {
  const choice = findNamed(groups, name);
  if ('problem' in choice) throw cannotRun('arguments', plainLine(wordsOf(choice.problem)));
  return choice.group;
}
