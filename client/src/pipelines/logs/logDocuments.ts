import type { Job } from '@omnia-buildstream/gitlab/model/job';
import { firstErrorLine, type LogDocument } from '@omnia-buildstream/gitlab/trace/document';
import * as vscode from 'vscode';
import { DisposableStore } from '../../platform/disposableStore.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { readLog } from './readLog.ts';
import { window } from '../../platform/window.ts';

export const logScheme = 'buildstream-log';

/** The job whose log a document shows. */
export interface LogSource {
  readonly open: OpenProject;
  readonly job: Job;
}

/** Logs of finished jobs as read-only documents. What is known about a log is kept while it is open. */
export class LogDocuments implements vscode.TextDocumentContentProvider {
  readonly #store = new DisposableStore();
  readonly #sources = new Map<string, LogSource>();
  readonly #logs = new Map<string, LogDocument>();

  constructor() {
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(logScheme, this));
    this.#store.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#logs.delete(uri.toString());
      }),
    );
  }

  /** Shows a log; that of a failed job at its first error. @throws GitLabError */
  async show(open: OpenProject, job: Job): Promise<void> {
    const uri = uriOf(open, job);
    const key = uri.toString();
    this.#sources.set(key, { open, job });
    // Read here, so that a failure keeps its reason.
    const log = this.#logs.get(key) ?? (await whileReading(() => readLog(open, job)));
    this.#logs.set(key, log);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true });
    if (job.status !== 'failed') return;
    const { range } = document.lineAt(Math.min(firstErrorLine(log), document.lineCount - 1));
    editor.selection = new vscode.Selection(range.start, range.start);
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = uri.toString();
    const source = this.#sources.get(key);
    if (source === undefined) return vscode.l10n.t('Open this log from the Pipelines view again.');
    const log = this.#logs.get(key) ?? (await readLog(source.open, source.job));
    this.#logs.set(key, log);
    return log.text;
  }

  /** Undefined if the log is not open in this session. */
  logOf(uri: vscode.Uri): LogDocument | undefined {
    return this.#logs.get(uri.toString());
  }

  sourceOf(uri: vscode.Uri): LogSource | undefined {
    return this.#sources.get(uri.toString());
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** IDs are unique within one server only. The file extension assigns our language, see package.json. */
function uriOf({ origin, project }: OpenProject, job: Job): vscode.Uri {
  return vscode.Uri.from({
    scheme: logScheme,
    authority: new URL(origin).host,
    path: `/${String(project.id)}/${fileNameOf(job)}.joblog`,
  });
}

/** A file name that identifies the job, without extension. */
export function fileNameOf({ name, id }: Job): string {
  return `${name.replaceAll(/[^\w.-]+/g, '_')}-${String(id)}`;
}

function whileReading<T>(read: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: { viewId: 'buildstream.pipelines' } }, read);
}
