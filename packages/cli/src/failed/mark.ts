import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import path from 'node:path';
import { readFailedNodesDocument, type FailedEntry } from '@omnia-buildstream/core/failedNodes/document';
import { setStatus, type NodeStatus } from '@omnia-buildstream/core/failedNodes/edits';
import { nameOf } from '@omnia-buildstream/core/failedNodes/rules/deletedEntry';
import { applyEdits } from '@omnia-buildstream/core/text/applyEdits';
import { conflictsIn, type Conflict } from '@omnia-buildstream/core/text/conflicts';
import { cannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { textOf } from '../plan/textFile.ts';
import { decode } from '../validate/decode.ts';
import { findTarget, replaceFile } from '../validate/replaceFile.ts';
import { select, type Selection } from './selection.ts';

/** failed_nodes.json, and the mapping file if there is one. */
interface NodeFiles {
  readonly file: string;
  readonly mapping: string | undefined;
}

/** Sets the status of the selected nodes: shows what changes, asks, and replaces the file atomically. */
export async function mark(
  { file, mapping }: NodeFiles,
  selection: Selection,
  status: NodeStatus,
  isSure: boolean,
  io: Io,
): Promise<ExitCode> {
  const target = await findTarget(path.resolve(io.cwd, file), io.cwd, io.fs);
  const text = decode(await io.fs.readFile(target.realPath)).text;
  const document = readFailedNodesDocument(text);
  refuseConflict(file, document.conflicts);
  if (mapping !== undefined) refuseConflict(mapping, conflictsIn(await textOf(mapping, io)));
  if (document.faults.length > 0) {
    throw cannotRun(
      'file',
      `${file} is not JSON: ${document.faults[0]?.reason ?? ''}. Repair it first; "buildstream failed check" shows where.`,
    );
  }
  const changes = select(document, selection).flatMap((entry) => {
    const edits = setStatus(document, entry, status);
    return edits.length === 0 ? [] : [{ entry, edits }];
  });
  if (changes.length === 0) {
    await io.stderr.write(`Nothing to change: no selected node has another status than "${status}".\n`);
    return exitCodes.ok;
  }
  await io.stderr.write(
    `${file}\n${changes.map(({ entry }) => diff(entry, status)).join('\n')}\n${effect(status, changes.length)}\n`,
  );
  if (!(await confirm('Write the file?', isSure, io))) {
    await io.stderr.write('Nothing was changed.\n');
    return exitCodes.ok;
  }
  await replaceFile(
    file,
    target,
    applyEdits(
      document.text,
      changes.flatMap(({ edits }) => edits),
    ),
    io.fs,
  );
  await io.stderr.write(`${String(changes.length)} marked. Commit the file, then retry the downstream pipeline.\n`);
  return exitCodes.ok;
}

/** @throws UserError in a merge, where the nodes are not known yet */
function refuseConflict(file: string, [conflict]: readonly Conflict[]): void {
  if (conflict === undefined) return;
  const line = String(conflict.first + 1);
  throw cannotRun('file', `${file} has a merge conflict in line ${line}. Keep one side and remove the markers first.`);
}

function diff(entry: FailedEntry, status: NodeStatus): string {
  const old = JSON.stringify(entry.fields.get('status')?.value ?? null);
  return `  ${plainLine(nameOf(entry))}\n  - "status": ${old}\n  + "status": ${JSON.stringify(status)}`;
}

function effect(status: NodeStatus, count: number): string {
  const nodes = count === 1 ? 'This node is' : `These ${String(count)} nodes are`;
  return status === 'success'
    ? `${nodes} left out of the next retry and considered booted.`
    : `${nodes} tried again, unless Omnia has read "success" before: then the change has no effect.`;
}
