import { refused, UserError } from '@omnia-buildstream/core/errors/userError';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { answer, refusal, type Source, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import { explainRule } from '@omnia-buildstream/tools/explainRule';
import * as vscode from 'vscode';
import { later } from '../platform/clock.ts';
import { applyChange, confirmChange, prepareChange } from '../table/changeTable.ts';
import { saidNo, type EditorTools, type GitLabTools, type StageTools } from './editorTools.ts';
import type { ToolsParts } from './toolsPart.ts';

type FileParts = Omit<ToolsParts, 'gitlab' | 'stages'>;

const files: readonly Source[] = ['the mapping file', 'files of the project'];
/** The language server checks files in pauses of typing, and starts with the first file. */
const judgeLimitMs = 60_000;

/** The tools that need only files; the language server answers them, as it does for the views. */
export function fileTools(parts: FileParts): Omit<EditorTools, keyof GitLabTools | keyof StageTools> {
  const { server, nodes, status } = parts;
  return {
    validate_mapping: async ({ file }, signal) => findings(parts, await mappingUri(parts, file), signal),
    explain_rule: ({ rule }) => Promise.resolve(explainRule(rule)),
    list_nodes: async ({ file, nodes: names }) => {
      const uri = await mappingUri(parts, file);
      const all = (await server.ask('buildstream/nodes', { uri: uri.toString() }))?.nodes ?? [];
      const shown = names === undefined ? all : all.filter((node) => isNamed(node, names));
      return json(`${String(shown.length)} of ${String(all.length)} nodes, as JSON.`, shown, files);
    },
    show_plan: async ({ file, image, omnia }) => {
      // The editor plans with the last image group and the version of the file.
      if (image !== undefined || omnia !== undefined)
        return refusal('Leave out image and omnia: the editor knows them.');
      const mapping = (await mappingUri(parts, file)).toString();
      const plan = await server.ask('buildstream/plan', { mappingUri: mapping });
      if (plan === null) return refusal('There is no PXE mapping file.');
      return answer({ own: 'The plan of the restart stage.' }, { foreign: plan.markdown, from: files });
    },
    list_failed_nodes: async () => {
      const failed = ((await nodes.refresh())?.nodes ?? []).filter(({ entry }) => entry !== undefined);
      return json(`Nodes in failed_nodes.json: ${String(failed.length)}.`, failed, files);
    },
    run_status: async () => {
      const rows = (await status()).map(({ label, description }) => `${label}: ${description}`);
      return answer({ own: 'How things stand.' }, { foreign: rows.join('\n'), from: [...files, 'GitLab'] });
    },
    fix_mapping: async ({ file }) => {
      const document = await vscode.workspace.openTextDocument(await mappingUri(parts, file));
      const prepared = await prepareChange(parts, document, { kind: 'fix-all' });
      if (prepared === undefined || prepared.change.edits.length === 0) {
        return answer({ own: 'Nothing can be repaired without a decision of a person.' });
      }
      const name = vscode.workspace.asRelativePath(document.uri);
      const question = vscode.l10n.t('Fix all problems in {0}? A language model asks for it.', name);
      if (!(await confirmChange(parts, prepared, question, vscode.l10n.t('Fix All')))) return refusal(saidNo);
      await applyChange(prepared);
      return answer({ own: 'It was repaired in the editor; the file is not saved yet.' });
    },
  };
}

/** The named mapping file, in an open folder, or that of the Nodes view. @throws UserError */
async function mappingUri({ nodes }: Pick<FileParts, 'nodes'>, file: string | undefined): Promise<vscode.Uri> {
  if (file === undefined) {
    const known = (await nodes.refresh())?.mappingUri;
    if (typeof known === 'string') return vscode.Uri.parse(known);
    throw new UserError({ kind: 'no-mapping' });
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = folder && vscode.Uri.joinPath(folder, file);
  const isInside = uri !== undefined && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  if (isInside && uri.path.toLowerCase().endsWith('.csv')) return uri;
  throw refused(vscode.l10n.t('Only a .csv file of the project folder can be used.'));
}

async function findings(
  { statuses, nodes }: Pick<FileParts, 'statuses' | 'nodes'>,
  uri: vscode.Uri,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  // The first request starts the server.
  await nodes.refresh();
  await vscode.workspace.openTextDocument(uri);
  const isJudged = (): boolean => statuses.get(uri) !== undefined && !statuses.isPending(uri);
  if (!(await becomes(isJudged, statuses.onDidChange, signal)))
    return refusal('The file has not been judged yet. Try again.');
  const shown = vscode.languages.getDiagnostics(uri).map(({ code, severity, message, range: { start } }) => ({
    code: typeof code === 'object' ? code.value : code,
    severity: vscode.DiagnosticSeverity[severity],
    line: start.line + 1,
    column: start.character + 1,
    message,
  }));
  return json(`Findings: ${String(shown.length)}. Omnia version: ${statuses.get(uri)?.version ?? ''}.`, shown, files);
}

function becomes(isSo: () => boolean, changed: vscode.Event<void>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (): void => {
      limit.dispose();
      listening.dispose();
      resolve(isSo());
    };
    const listening = changed(() => {
      if (isSo()) done();
    });
    const limit = later(judgeLimitMs, done);
    signal.addEventListener('abort', done, { once: true });
    if (isSo()) done();
  });
}

function isNamed({ hostname, bmcIp, serviceTag }: NodeInfo, names: readonly string[]): boolean {
  const own = [hostname, bmcIp.trim(), serviceTag].map((name) => name.toLowerCase());
  return names.some((name) => own.includes(name.toLowerCase()));
}

function json(own: string, shown: unknown, from: readonly Source[]): ToolAnswer {
  return answer({ own }, { foreign: JSON.stringify(shown, undefined, 1), from });
}
