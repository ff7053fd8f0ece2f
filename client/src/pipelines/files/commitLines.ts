import { compareEntries } from '@omnia-buildstream/core/failedNodes/compare';
import { readFailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { failedNodesIn, mappingPlaces } from '@omnia-buildstream/gitlab/omnia/projectFiles';
import { planFacts, planOf } from '@omnia-buildstream/gitlab/omnia/serverPlan';
import * as vscode from 'vscode';
import type { Change } from './mergeVersions.ts';
import { changeText } from '../actions/markAndRetry.ts';
import { planLines, shortList } from '../actions/planLines.ts';
import type { OpenProject } from '../project/projectSession.ts';
import { Refusal } from '../../platform/refusal.ts';
import { omniaProject } from '../project/omniaProject.ts';

/** What a commit of the mapping file changes and starts. @throws GitLabError, Refusal */
export async function mappingLines(
  open: OpenProject,
  { local, server }: Change,
  withCatalog: boolean,
): Promise<Paragraph[]> {
  const place = mappingPlaces.find(({ path }) => path === local.path) ?? mappingPlaces[0];
  const project = omniaProject(open);
  const version = project.version ?? place.version;
  const before = targetsOf(server?.text ?? '', version);
  const after = targetsOf(local.text, version);
  const plan = planOf(local.text, version, await planFacts(project, { path: local.path, version }));
  return [
    withCatalog
      ? vscode.l10n.t('This starts a deploy pipeline and a build pipeline.')
      : vscode.l10n.t(
          'This starts a deploy pipeline. No node is touched before an image is chosen and deploy is played.',
        ),
    ...rowLines(vscode.l10n.t('New rows:'), missingIn(before, after)),
    ...rowLines(vscode.l10n.t('Removed rows:'), missingIn(after, before)),
    ...planLines(plan),
  ];
}

/** What a commit of failed_nodes.json changes. @throws Refusal when Omnia could not read it */
export function failedNodesLines({ local, server }: Change): Paragraph[] {
  if (failedNodesIn(local) === undefined) {
    throw new Refusal(vscode.l10n.t('{0} is broken; the restart stage would fail on it. Repair it first.', local.path));
  }
  const before = readFailedNodesDocument(server?.text ?? '{}');
  const changes = compareEntries(before, readFailedNodesDocument(local.text));
  return [
    vscode.l10n.t('This starts no pipeline. The next retry reads it.'),
    ...(changes.length === 0 ? [] : [shortList(changes.map(changeText))]),
  ];
}

function missingIn(known: readonly Target[], rows: readonly Target[]): Target[] {
  const bmcs = new Set(known.map(({ bmcIp }) => bmcIp));
  return rows.filter(({ bmcIp }) => !bmcs.has(bmcIp));
}

function rowLines(title: string, rows: readonly Target[]): Paragraph[] {
  if (rows.length === 0) return [];
  return [[title, ...shortList(rows.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`))]];
}
