import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { assumeState } from '@omnia-buildstream/core/plan/assumeState';
import { planRestart, type Plan } from '@omnia-buildstream/core/plan/plan';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { Refusal } from '../../platform/refusal.ts';
import { say } from '../../platform/say.ts';
import type { ApiStage, ApiStageInput } from './apiStage.ts';
import { committedText } from './committedMapping.ts';
import { failedNodesFor, type FailedNodesFile } from './failedNodesFile.ts';
import { readProjectFile } from './projectFile.ts';

/** The failed nodes of this job are uploaded, so that a retry knows what was marked by hand. @throws Refusal */
export async function restartInputs(input: ApiStageInput): Promise<ApiStage> {
  const place = `${projectFolderOf(input.file.uri.fsPath)}/${failedNodesPlace}`;
  const failed = failedNodesFor(input.jobId, await readProjectFile(place));
  if (failed.kind === 'broken') {
    throw new Refusal(
      vscode.l10n.t('{0} cannot be used, and the restart stage would fail on it. Repair it first.', failedNodesPlace),
    );
  }
  const plan = await planOf(input, failed);
  const basis = failed.kind === 'ours' ? planTexts.assumed : planTexts.assumedNothing;
  return {
    request: { stage: 'restart' },
    files: failed.kind === 'ours' ? [{ name: 'failed_nodes.json', content: failed.content }] : [],
    nodes: plan.nodes
      .filter(({ action }) => action === 'boot')
      .map(({ target, reason }) => ({
        hostname: target.hostname,
        bmcIp: target.bmcIp,
        why: say(reasonTexts[reason]),
      })),
    notes: [
      fileNote(failed),
      say(basis),
      ...plan.notices
        .filter(({ kind }) => kind !== 'image-group-not-recorded')
        .map(({ kind, ...params }) => say(noticeTexts[kind], params)),
      vscode.l10n.t('Running systems are restarted by force: what runs on them ends.'),
    ],
  };
}

async function planOf(
  { file, version, imageGroup }: ApiStageInput,
  failed: Exclude<FailedNodesFile, { kind: 'broken' }>,
): Promise<Plan> {
  const rows = targetsOf(file.text, version);
  const failedNodes = failed.kind === 'ours' ? failed.nodes : undefined;
  const committed = await committedText(file.uri);
  const restartState = assumeState(failedNodes, committed === undefined ? rows : targetsOf(committed, version));
  return planRestart({ rows, failedNodes: failedNodes ?? noFailedNodes, restartState, imageGroup, version });
}

function fileNote(failed: FailedNodesFile): string {
  if (failed.kind === 'ours') return vscode.l10n.t('It uploads {0}.', failedNodesPlace);
  if (failed.kind === 'other-job') {
    return vscode.l10n.t('{0} belongs to job {1}, so it is not uploaded.', failedNodesPlace, plainLine(failed.jobId));
  }
  return vscode.l10n.t('There is no {0}, so the management server goes by what it has.', failedNodesPlace);
}
