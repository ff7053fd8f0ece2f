import type { StateFs } from '@omnia-buildstream/engine/state/stateFs';

export interface FileText {
  /** In the folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * Replaces files of a folder in the order given. All texts are on the disk before the first old file goes, so a full
 * disk leaves everything as it was; each file is then replaced at one stroke. Temporary files do not stay.
 */
export async function replaceAll(fs: StateFs, folder: string, files: readonly FileText[]): Promise<void> {
  const temporary = ({ name }: FileText): string => `${folder}/.${name}.tmp`;
  let moved = 0;
  try {
    for (const file of files) await writeThrough(fs, temporary(file), file.text);
    for (const file of files) {
      await fs.rename(temporary(file), `${folder}/${file.name}`);
      moved++;
    }
  } finally {
    for (const file of files.slice(moved)) await fs.unlink(temporary(file)).catch(() => undefined);
  }
}

async function writeThrough(fs: StateFs, file: string, text: string): Promise<void> {
  const handle = await fs.open(file, 'w', 0o644);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}
