import type { Target } from '@omnia-buildstream/core/plan/targets';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import type { LocalInput, OnServer } from '@omnia-buildstream/gitlab/omnia/prepare/localInput';
import type { PreparedCommit } from '@omnia-buildstream/gitlab/omnia/prepare/prepareCommit';
import { rowTouches } from '@omnia-buildstream/gitlab/omnia/prepare/rowTouches';
import * as vscode from 'vscode';
import type { Change } from './mergeVersions.ts';
import { changeText } from '../actions/markAndRetry.ts';
import { shortList } from '../../platform/shortList.ts';
import { noticeLines, planLines } from '../actions/planLines.ts';
import { phraseLines } from '../actions/remarkLines.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';

export function inputOf({ local: { path, text }, server }: Change): LocalInput & OnServer {
  return { path, text, server };
}

/**
 * Notices about nodes that the user's copy removes from the server's mapping file, the gravest first. They are shown
 * above a comparison of both.
 */
export function leavingLines(open: OpenProject, change: Change): string[] {
  return noticeLines(rowTouches(omniaProject(open), inputOf(change))?.leaving ?? []);
}

/** What a commit does to rows and entries, starts, and boots. */
export function commitLines({ notes, touches }: PreparedCommit, paths: readonly string[]): Paragraph[] {
  const { plan, rows, entries } = touches;
  return [
    vscode.l10n.t('Files: {0}', paths.join(', ')),
    ...phraseLines(notes),
    ...rowLines(vscode.l10n.t('New rows:'), rows?.added ?? []),
    ...rowLines(vscode.l10n.t('Removed rows:'), rows?.removed ?? []),
    ...(entries.length === 0 ? [] : [shortList(entries.map(changeText))]),
    ...(plan === undefined ? [] : planLines(plan)),
  ];
}

/** The comparison beside the question shows all rows. */
const mostRows = 5;

function rowLines(title: string, rows: readonly Target[]): Paragraph[] {
  if (rows.length === 0) return [];
  return [
    [
      title,
      ...shortList(
        rows.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`),
        mostRows,
      ),
    ],
  ];
}
