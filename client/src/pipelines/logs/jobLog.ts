import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { jobStatus, phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import { followJob } from '@omnia-buildstream/gitlab/trace/followJob';
import { isGitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import * as vscode from 'vscode';
import { explain } from '../../errors/gitlabWords.ts';
import type { LogDocuments } from './logDocuments.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { statusWord } from '../view/statusLook.ts';
import { TerminalLog } from './terminalLog.ts';
import { clock } from '../../platform/clock.ts';

/** The terminals that show logs. */
const terminals = new WeakSet<vscode.Terminal>();

export function isLogTerminal(terminal: vscode.Terminal): boolean {
  return terminals.has(terminal);
}

/**
 * Shows a running log as it grows, in a terminal that accepts no input. Closing the terminal stops following the job.
 */
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
  terminals.add(terminal);
  terminal.show();
}

async function follow(
  { client, project }: OpenProject,
  job: Job,
  { write, signal }: { write: (text: string) => void; signal: AbortSignal },
): Promise<void> {
  const log = new TerminalLog(write);
  try {
    const target = { projectId: job.projectId ?? project.id, jobId: job.id, sink: log };
    const ended = await followJob(client, target, { clock, signal });
    log.end(vscode.l10n.t('{0}: {1}', ended.name, statusWord(jobStatus(ended))));
  } catch (error) {
    if (signal.aborted) return;
    log.end(vscode.l10n.t('The log ends here: {0}', isGitLabError(error) ? explain(error) : String(error)));
  }
}

/** Follows a log that still grows; opens a complete one as a document. */
export async function showJobLog(open: OpenProject, job: Job, documents: LogDocuments): Promise<void> {
  if (phaseOf(job.status) === 'over') await documents.show(open, job);
  else followInTerminal(open, job);
}
