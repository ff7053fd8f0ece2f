import path from 'node:path';
import { mergeFailedNodes, type MergeNotice, type MergeSource } from '@omnia-buildstream/core/failedNodes/merge';
import { readFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { failedNodesName } from '@omnia-buildstream/core/nodes/projectPlaces';
import { parsePythonJson } from '@omnia-buildstream/core/text/pythonJson';
import { writeNamed } from '@omnia-buildstream/engine/files/namedFile';
import { renderFailedNodes } from '@omnia-buildstream/engine/state/stateFiles';
import { causeOf, codeOf, cannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { isFolder, textOf } from '../plan/textFile.ts';

/** Merges the failed_nodes.json of shards. All are read before anything is written. */
export async function merge(
  names: readonly string[],
  out: string | undefined,
  isSure: boolean,
  io: Io,
): Promise<ExitCode> {
  if (names.length === 0) throw cannotRun('arguments', 'Name the files to merge: buildstream failed merge FILE…');
  const sources: MergeSource[] = [];
  for (const name of names) sources.push(await readSource(name, io));
  const { merged, notices } = mergeFailedNodes(sources);
  for (const notice of notices) await io.stderr.write(`! ${textOfNotice(notice)}\n`);
  const { jobId = '', timestamp = '', entries } = merged;
  const text = renderFailedNodes({ jobId, timestamp, failed: entries });
  if (out === undefined) {
    await io.stdout.write(`${text}\n`);
    return exitCodes.ok;
  }
  if ((await isThere(out, io)) && !(await confirm(`Replace ${out}?`, isSure, io))) {
    await io.stderr.write('Nothing was changed.\n');
    return exitCodes.ok;
  }
  await write(out, text, io);
  await io.stderr.write(`${out}: ${String(entries.length)} nodes of ${String(names.length)} files.\n`);
  return exitCodes.ok;
}

async function readSource(name: string, io: Io): Promise<MergeSource> {
  const file = (await isFolder(name, io)) ? path.join(name, failedNodesName) : name;
  const text = await textOf(file, io);
  const json = parsePythonJson(text.replace(/^\ufeff/, ''));
  if ('fault' in json) {
    throw cannotRun('file', `${file} is not JSON. "buildstream failed check --failed ${file}" shows where.`);
  }
  const reading = readFailedNodes(json.value);
  if (reading.problems !== undefined) {
    throw cannotRun('file', `${file} has faults. "buildstream failed check --failed ${file}" shows them.`);
  }
  if (reading.value.shape === '2.3') {
    throw cannotRun('file', `${file} has the form of Omnia 2.3, whose further facts a merge would lose.`);
  }
  return { name: file, file: reading.value };
}

function textOfNotice(notice: MergeNotice): string {
  switch (notice.kind) {
    case 'several-jobs':
      return `The files are of several jobs: ${notice.jobIds.join(', ')}. The result names the first.`;
    case 'no-job':
      return `These files name no job: ${notice.files.join(', ')}.`;
    case 'conflicting-status': {
      const statuses = notice.statuses.map(({ name, status }) => `"${status}" in ${name}`).join(', ');
      return `${notice.bmcIp} has different status: ${statuses}. "${notice.kept}" is kept.`;
    }
  }
}

async function isThere(name: string, io: Io): Promise<boolean> {
  try {
    await io.fs.stat(path.resolve(io.cwd, name));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw cannotRun('file', `${name} cannot be written: ${causeOf(error)}. Nothing was written.`);
  }
}

/** Atomically: readers see either the old list or the new one. */
async function write(name: string, text: string, { fs, cwd }: Io): Promise<void> {
  try {
    await writeNamed(fs, { file: path.resolve(cwd, name), within: cwd }, { content: text });
  } catch (error) {
    throw cannotRun('file', `${name} cannot be written: ${causeOf(error)}. Nothing was changed.`);
  }
}
