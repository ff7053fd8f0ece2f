import { systemClock } from '@omnia-buildstream/gitlab/clock';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { jobStatus, phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import { stripAnsi } from '@omnia-buildstream/gitlab/trace/ansi';
import { TraceFollower } from '@omnia-buildstream/gitlab/trace/follow';
import { followJob } from '@omnia-buildstream/gitlab/trace/followJob';
import { TraceLines, type TraceLine } from '@omnia-buildstream/gitlab/trace/lines';
import { TraceTail } from '@omnia-buildstream/gitlab/trace/tail';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import * as vscode from 'vscode';
import { explain } from './errorWords.ts';
import type { OpenProject } from './projectSession.ts';
import { statusWord } from './statusLook.ts';
import { TerminalLog } from './terminalLog.ts';

const logScheme = 'buildstream-log';
/** Documents are held by VS Code as a whole; of longer logs the end is shown. */
const longestDocumentCharacters = 20_000_000;
const logTimeoutMs = 300_000;

/** Shows a running log as it grows, in a terminal that takes no input. Closing it ends the looking. */
function followInTerminal(open: OpenProject, job: Job): void {
  const written = new vscode.EventEmitter<string>();
  const stop = new AbortController();
  const pty: vscode.Pseudoterminal = {
    onDidWrite: written.event,
    open: () =>
      void follow(open, job, {
        write: (text) => {
          written.fire(text);
        },
        signal: stop.signal,
      }),
    close: () => {
      stop.abort();
      written.dispose();
    },
  };
  const terminal = vscode.window.createTerminal({
    name: `${job.name} #${String(job.id)}`,
    pty,
    iconPath: new vscode.ThemeIcon('output'),
    isTransient: true,
  });
  terminal.show();
}

async function follow(
  { client, project }: OpenProject,
  job: Job,
  { write, signal }: { write: (text: string) => void; signal: AbortSignal },
): Promise<void> {
  const log = new TerminalLog(write);
  try {
    const target = { projectId: project.id, jobId: job.id, sink: log };
    const ended = await followJob(client, target, { clock: systemClock, signal });
    log.end(vscode.l10n.t('{0}: {1}', ended.name, statusWord(jobStatus(ended))));
  } catch (error) {
    if (signal.aborted) return;
    log.end(vscode.l10n.t('The log ends here: {0}', isGitLabError(error) ? explain(error) : String(error)));
  }
}

/** Logs of jobs that are over, as documents that cannot be edited. */
export class LogDocuments implements vscode.TextDocumentContentProvider {
  readonly #jobs = new Map<string, { readonly open: OpenProject; readonly job: Job }>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(logScheme, this);

  async show(open: OpenProject, job: Job): Promise<void> {
    const uri = vscode.Uri.from({
      scheme: logScheme,
      authority: String(open.project.id),
      path: `/${job.name.replaceAll(/[^\w.-]+/g, '_')}-${String(job.id)}.log`,
    });
    this.#jobs.set(uri.toString(), { open, job });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const found = this.#jobs.get(uri.toString());
    if (found === undefined) return vscode.l10n.t('Open this log from the view Pipelines again.');
    return logText(found.open, found.job);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

async function logText({ client, project }: OpenProject, job: Job): Promise<string> {
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
  await new TraceFollower(sink).update(() => client.jobs.trace(project.id, job.id, call));
  const rest = lines.end();
  if (rest !== undefined) tail.push(rest);
  const text = tail.lines.map((line) => stripAnsi(line.text)).join('\n');
  if (text === '') return vscode.l10n.t('The log is empty.');
  const { droppedLines } = tail;
  return droppedLines === 0 ? text : `${vscode.l10n.t('Lines left out at the start: {0}', droppedLines)}\n${text}`;
}

/** A log that still grows is followed; one that is complete becomes a document. */
export async function showJobLog(open: OpenProject, job: Job, documents: LogDocuments): Promise<void> {
  if (phaseOf(job.status) === 'over') await documents.show(open, job);
  else followInTerminal(open, job);
}
