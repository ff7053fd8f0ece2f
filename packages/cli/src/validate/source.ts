import { isUserError } from '@omnia-buildstream/core/errors/userError';
import path from 'node:path';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import type { Target } from './replaceFile.ts';
import { decode, type SourceText } from './decode.ts';

export interface Source {
  /** As given; `-` is standard input. */
  readonly path: string;
  /** Where a repaired text goes; undefined for standard input and when nothing is to be written. */
  readonly target: Target | undefined;
  readonly content: SourceText;
}

/** Reads one mapping file; with `fix` set it will be written later. @throws UserError */
export async function readSource(file: string, io: Io, fix: boolean): Promise<Source> {
  const fullPath = path.resolve(io.cwd, file);
  try {
    if (file === '-') return { path: file, target: undefined, content: decode(await io.stdin()) };
    const target = fix ? await (await import('./replaceFile.ts')).findTarget(fullPath, io.cwd, io.fs) : undefined;
    return { path: file, target, content: decode(await io.fs.readFile(fullPath)) };
  } catch (error) {
    if (isUserError(error)) throw error;
    const advice =
      codeOf(error) === 'EISDIR'
        ? ` Name the file in it, for example ${path.join(file, 'pxe_mapping_file.csv')}.`
        : ' Check the path.';
    throw cannotRun('file', `${file === '-' ? 'Standard input' : file} cannot be read: ${causeOf(error)}.${advice}`);
  }
}
