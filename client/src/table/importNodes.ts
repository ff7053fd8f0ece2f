import type { ColumnMap } from '@omnia-buildstream/core/editing/importColumns';
import type { ImportPart } from '@omnia-buildstream/core/editing/importNodes';
import type { ImportSurvey } from '@omnia-buildstream/core/editing/importSurvey';
import type { SourceTable } from '@omnia-buildstream/core/mapping/sourceTable';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { readInventoryText } from '@omnia-buildstream/runner/inventory/readInventoryText';
import * as vscode from 'vscode';
import type { CommandContext } from '../commands/commandContext.ts';
import { activeMappingEditor } from '../language/mappingEditor.ts';
import { say } from '../platform/say.ts';
import { window } from '../platform/window.ts';
import { applyChange, confirmChange, prepareChange, type TableContext } from './changeTable.ts';
import { rememberedMap, rememberMap } from './importMemory.ts';

type ImportContext = TableContext & Pick<CommandContext, 'context'>;

/**
 * Imports what another program knows about machines as rows and cells of the file, after a preview and as one undo
 * step.
 */
export async function importNodes(context: ImportContext, given: unknown): Promise<void> {
  const { document, viewColumn } = activeMappingEditor();
  const source = given instanceof vscode.Uri ? given : await pickFile();
  if (source === undefined) return;
  const table = await readTable(source);
  const { workspaceState } = context.context;
  const mapped = await mapColumns(context, document, table, rememberedMap(workspaceState, table));
  if (mapped === undefined) return;
  const { byHand: map, survey } = mapped;
  await rememberMap(workspaceState, table, map);
  const take = await pickParts(survey);
  if (take === undefined) return;
  const prepared = await prepareChange(context, document, { kind: 'import', table, map, take });
  if (prepared === undefined) return;
  const { edits, notes, count } = prepared.change;
  if (edits.length === 0) {
    void window.showInformationMessage(notes.join(' '));
    return;
  }
  const [from, into] = [source, document.uri].map((uri) => vscode.workspace.asRelativePath(uri));
  const question = vscode.l10n.t('Import nodes from {0} into {1}?', from ?? '', into ?? '');
  const button = count === 1 ? vscode.l10n.t('Import 1 Node') : vscode.l10n.t('Import {0} Nodes', count);
  if (!(await confirmChange(context, prepared, question, button))) return;
  await applyChange(prepared);
  await vscode.window.showTextDocument(document, viewColumn);
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Nodes from an Inventory or DHCP Leases'),
      openLabel: vscode.l10n.t('Import'),
    })) ?? [];
  return file;
}

async function readTable(uri: vscode.Uri): Promise<SourceTable> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const read = readInventoryText(text);
  if ('table' in read) return read.table;
  throw refused(`${vscode.workspace.asRelativePath(uri)}: ${wordsOf(read.problem, say)}`);
}

interface Mapped {
  readonly byHand: ColumnMap;
  readonly survey: ImportSurvey;
}

/** Shows which column goes where until the user continues. Undefined if the user cancels. */
async function mapColumns(
  { server }: TableContext,
  document: vscode.TextDocument,
  table: SourceTable,
  remembered: ColumnMap,
): Promise<Mapped | undefined> {
  const title = vscode.l10n.t('Import Nodes: Columns');
  let map = remembered;
  for (;;) {
    const survey = await server.ask('buildstream/surveyImport', { uri: document.uri.toString(), table, map });
    if (survey === null) throw refused(vscode.l10n.t('The mapping file is not read yet. Try again.'));
    if (survey.columns.length === 0) {
      // The remembered map belongs to a file with other columns.
      if (map !== remembered || Object.keys(map).length === 0) throw refused(survey.problem ?? '');
      map = {};
      continue;
    }
    const choice = await window.showQuickPick(columnItems(survey), {
      title,
      placeHolder: vscode.l10n.t('Continue, or select a column to map it to another one of the source'),
      matchOnDescription: true,
    });
    if (choice === undefined) return undefined;
    if (choice.column === undefined) {
      if (survey.problem !== null) throw refused(survey.problem);
      return { byHand: map, survey };
    }
    const source = await pickSource(choice.column, survey);
    if (source !== undefined) map = { ...map, [choice.column]: source };
  }
}

function columnItems({ columns, sources, problem }: ImportSurvey) {
  const samples = new Map(sources.map((source) => [source.name, source.samples]));
  return [
    {
      label: vscode.l10n.t('Continue'),
      description: problem ?? '',
      column: undefined,
      iconPath: new vscode.ThemeIcon('check'),
    },
    ...columns.map(({ column, source }) => ({
      label: column,
      description: source === '' ? '' : `← ${source} (${(samples.get(source) ?? []).join(', ')})`,
      column,
    })),
  ];
}

async function pickSource(column: string, { sources }: ImportSurvey): Promise<string | undefined> {
  const items = [
    { label: vscode.l10n.t('None'), description: '', name: '' },
    ...sources.map(({ name, samples }) => ({ label: name, description: samples.join(', '), name })),
  ];
  const title = vscode.l10n.t('Import Nodes: Column for {0}', column);
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.name;
}

/** Asks which parts go into the file. Undefined if the user cancels. */
async function pickParts({ counts }: ImportSurvey): Promise<readonly ImportPart[] | undefined> {
  if (counts === null) return undefined;
  const parts: readonly { readonly part: ImportPart; readonly label: string; readonly picked: boolean }[] = [
    { part: 'new', label: vscode.l10n.t('New nodes ({0})', counts.new), picked: true },
    {
      part: 'changed',
      label: vscode.l10n.t('Other addresses and empty cells of nodes in the file ({0})', counts.changed),
      picked: true,
    },
    {
      part: 'assigned',
      label: vscode.l10n.t('Another role, group, parent, or hostname of nodes in the file ({0})', counts.assigned),
      picked: false,
    },
  ];
  const there = parts.filter(({ part }) => counts[part] > 0);
  // A single kind of change that is usual needs no question: the preview shows it.
  if (there.every(({ picked }) => picked) && there.length <= 1) return parts.map(({ part }) => part);
  const chosen = await window.showQuickPick(there, {
    title: vscode.l10n.t('Import Nodes: What to Change'),
    canPickMany: true,
  });
  return chosen?.map(({ part }) => part);
}
