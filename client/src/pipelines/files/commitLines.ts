import { refused } from '@omnia-buildstream/core/errors/userError';
import { compareEntries } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { changeNotices, removalNotices } from '@omnia-buildstream/core/plan/planNotices';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { rowChanges } from '@omnia-buildstream/core/plan/rowChanges';
import { omniaTargetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { failedNodesIn, mappingPlaces } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { planFacts, planOf, type MappingPlan } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import * as vscode from 'vscode';
import type { Change } from './mergeVersions.ts';
import { changeText } from '../actions/markAndRetry.ts';
import { shortList } from '../../platform/shortList.ts';
import { noticeLines, planLines } from '../actions/planLines.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { omniaProject } from '../project/omniaProject.ts';

/** Nodes that leave the server's mapping file with yours, the gravest first: what stands above a comparison of both. */
export function leavingLines(open: OpenProject, { local, server }: Change): string[] {
  const version = versionOf(open, local.path);
  const [before, after] = [omniaTargetsOf(server?.text ?? '', version), omniaTargetsOf(local.text, version)];
  const changes = changeNotices(before, after).filter(({ kind }) => kind !== 'rows-moved');
  return noticeLines([...changes, ...removalNotices(before, after)]);
}

function versionOf(open: OpenProject, file: string): OmniaVersion {
  const place = mappingPlaces.find(({ path }) => path === file) ?? mappingPlaces[0];
  return omniaProject(open).version ?? place.version;
}

/** What the pipeline of the committed mapping file would do. @throws GitLabError */
export async function plannedBy(open: OpenProject, { local }: Change): Promise<MappingPlan> {
  const version = versionOf(open, local.path);
  return planOf(local.text, version, await planFacts(omniaProject(open), { path: local.path, version }));
}

/** What a commit of the mapping file changes and starts, and the plan of that. @throws UserError */
export function mappingLines(open: OpenProject, change: Change, plan: MappingPlan, withCatalog: boolean): Paragraph[] {
  const [changes, rows] = [changeLines(open, change), newAndGone(open, change)];
  return [
    ...changes,
    withCatalog
      ? vscode.l10n.t('This starts a deploy pipeline and a build pipeline.')
      : vscode.l10n.t(
          'This starts a deploy pipeline. No node is changed until you select an image and run the deploy job.',
        ),
    ...rows,
    ...planLines(plan).filter((line) => typeof line !== 'string' || !changes.includes(line)),
  ];
}

/** What changes in the rows of the mapping file, the gravest first. */
export function rowLinesOf(open: OpenProject, change: Change): Paragraph[] {
  return [...changeLines(open, change), ...newAndGone(open, change)];
}

function changeLines(open: OpenProject, change: Change): string[] {
  const { before, after } = sidesOf(open, change);
  return noticeLines(changeNotices(before, after));
}

function newAndGone(open: OpenProject, change: Change): Paragraph[] {
  const { before, after } = sidesOf(open, change);
  const { removed, added } = rowChanges(before, after);
  return [...rowLines(vscode.l10n.t('New rows:'), added), ...rowLines(vscode.l10n.t('Removed rows:'), removed)];
}

function sidesOf(open: OpenProject, { local, server }: Change) {
  const version = versionOf(open, local.path);
  return {
    before: omniaTargetsOf(server?.text ?? '', version),
    after: omniaTargetsOf(local.text, version),
  };
}

/** What a commit of failed_nodes.json changes. @throws UserError when Omnia could not read it */
export function failedNodesLines({ local, server }: Change): Paragraph[] {
  if (failedNodesIn(local) === undefined) {
    throw refused(vscode.l10n.t('{0} is broken; the restart stage would fail on it. Repair it first.', local.path));
  }
  const before = readFailedNodesDocument(server?.text ?? '{}');
  const changes = compareEntries(before, readFailedNodesDocument(local.text));
  return [
    vscode.l10n.t('This starts no pipeline. The next retry uses it.'),
    ...(changes.length === 0 ? [] : [shortList(changes.map(changeText))]),
  ];
}

/** The comparison beside the question has all of them. */
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
