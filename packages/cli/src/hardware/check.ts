import path from 'node:path';
import { compareHardware, fillEdits, type HardwareFinding } from '@omnia-buildstream/core/hardware/compare';
import { newRows, type FoundBmc } from '@omnia-buildstream/core/hardware/newRows';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import type { BmcManager } from '@omnia-buildstream/engine/ports/managedBmc';
import { readHardware, type SeenInventory } from '@omnia-buildstream/runner/hardware';
import { cannotRun } from '../cannotRun.ts';
import type { Io } from '../io.ts';
import { readMapping, type Mapping } from '../run/mapping.ts';
import { StatusLine } from '../run/statusLine.ts';
import { findTarget, type Target as FileToWrite } from '../validate/replaceFile.ts';
import type { HardwareOptions } from './options.ts';

/** A mapping file with what the BMCs of its rows said. */
export interface CheckedFile {
  readonly mapping: Mapping;
  /** Where it will be written later; undefined: it won't be. */
  readonly target: FileToWrite | undefined;
  /** Rows whose BMC is asked. */
  readonly asked: readonly Target[];
  readonly seen: ReadonlyMap<string, SeenInventory>;
  readonly findings: readonly HardwareFinding[];
}

/** Reads the files, and selects the rows in question. @throws UserError */
export async function filesOf(
  options: HardwareOptions,
  io: Io,
): Promise<readonly Omit<CheckedFile, 'seen' | 'findings'>[]> {
  const files = [];
  for (const file of options.files) {
    // Checked before it is read, so that what somebody else writes meanwhile is not lost.
    const target = options.isWriting ? await findTarget(path.resolve(io.cwd, file), io.cwd, io.fs) : undefined;
    const mapping = await readMapping({ mapping: file, version: options.version }, io);
    if (target !== undefined && mapping.text.includes('\uFFFD')) {
      throw cannotRun('file', `${file} is not UTF-8, so nothing can be written to it. Save it as UTF-8 first.`);
    }
    files.push({ mapping, target, asked: mapping.rowsNamed(options.names).filter(({ bmcIp }) => bmcIp !== '') });
  }
  return files;
}

/** Asks the BMCs, with progress. Rejects with the signal's reason. */
export async function checkFile(
  file: Omit<CheckedFile, 'seen' | 'findings'>,
  bmcs: BmcManager,
  { signal, io }: { readonly signal: AbortSignal; readonly io: Io },
): Promise<CheckedFile> {
  const { mapping, asked } = file;
  const seen = await withProgress(asked.length, io, (step) => {
    return readHardware(asked, { bmcs, clock: io.clock, signal, onSeen: step });
  });
  return { ...file, seen, findings: compareHardware(mapping.text, mapping.version, seen) };
}

export async function withProgress<T>(total: number, io: Io, work: (step: () => void) => Promise<T>): Promise<T> {
  const line = new StatusLine(io.stderr, () => io.clock.monotonic());
  let done = 0;
  const show = (): void => {
    line.show(() => `${String(done)}/${String(total)} BMCs`);
  };
  try {
    show();
    return await work(() => {
      done++;
      show();
    });
  } finally {
    line.clear();
    await line.flush();
  }
}

/** The file with its empty cells filled in, and with the machines that were found. */
export function completed(
  { mapping: { text, version }, findings }: CheckedFile,
  found: readonly FoundBmc[],
): { readonly text: string; readonly lacksHeader: boolean } {
  const filled = applyEdits(text, fillEdits(findings));
  const rows = newRows(filled, version, found);
  return {
    text: rows.kind === 'rows' ? applyEdits(filled, [rows.edit]) : filled,
    lacksHeader: rows.kind === 'no-header',
  };
}
