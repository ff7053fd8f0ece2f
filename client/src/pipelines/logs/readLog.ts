import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { readDocument, type LogDocument } from '@omnia-buildstream/gitlab/trace/document';
import { TraceFollower } from '@omnia-buildstream/gitlab/trace/follow';
import { readLine, TraceLines, type TraceLine } from '@omnia-buildstream/gitlab/trace/lines';
import { TraceTail } from '@omnia-buildstream/gitlab/trace/tail';
import * as vscode from 'vscode';
import type { OpenProject } from '../project/projectSession.ts';

/** VS Code keeps a document in memory as a whole, so only the end of a longer log is shown. */
const longestDocumentCharacters = 20_000_000;
const logTimeoutMs = 300_000;

/** Reads the log of a finished job, as far as it is shown. @throws GitLabError */
export async function readLog(open: OpenProject, job: Job): Promise<LogDocument> {
  return readDocument(withNote(await readTail(open, job)));
}

/** Its lines, with the timestamps of the runner. @throws GitLabError */
export async function readLines(open: OpenProject, job: Job): Promise<readonly TraceLine[]> {
  return (await readTail(open, job)).lines;
}

async function readTail({ client, project }: OpenProject, { id, projectId }: Job): Promise<TraceTail<TraceLine>> {
  const tail = new TraceTail<TraceLine>(longestDocumentCharacters, ({ text }) => text.length + 1);
  const lines = new TraceLines();
  const decoder = new TextDecoder();
  const sink = {
    append: (chunk: Uint8Array) => {
      for (const line of lines.push(decoder.decode(chunk, { stream: true }))) tail.push(line);
    },
    clear: () => {
      tail.clear();
    },
  };
  const call = { signal: AbortSignal.timeout(logTimeoutMs) };
  await new TraceFollower(sink).update(() => client.jobs.trace(projectId ?? project.id, id, call));
  for (const line of lines.end()) tail.push(line);
  return tail;
}

function withNote({ lines, droppedLines }: TraceTail<TraceLine>): readonly TraceLine[] {
  if (lines.length === 0) return [readLine(vscode.l10n.t('The log is empty.'))];
  if (droppedLines === 0) return lines;
  return [readLine(vscode.l10n.t('Lines left out at the start: {0}', droppedLines)), ...lines];
}
