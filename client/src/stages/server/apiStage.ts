import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { sayProblems } from '@omnia-buildstream/core/plan/planProblems';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import type { Obstacle } from '@omnia-buildstream/runner/preparedStage';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { RunnerError } from '@omnia-buildstream/runner/runnerError';
import { bootedHere } from '@omnia-buildstream/runner/server/bootedHere';
import { planServerStage, type ServerStagePlan } from '@omnia-buildstream/runner/server/planServerStage';
import * as vscode from 'vscode';
import { Refusal } from '../../platform/refusal.ts';
import { say } from '../../platform/say.ts';
import { planNotes, touchedNodes } from '../planWords.ts';
import type { RequestFile } from '../requestFiles.ts';
import type { TouchedNode } from '../stageDefinition.ts';
import { committedText } from '../committedMapping.ts';
import { readProjectFile } from '../projectFile.ts';

/** What a stage of the API is given and touches, in the user's words. */
export interface ApiStage {
  readonly plan: ServerStagePlan;
  readonly nodes: readonly TouchedNode[];
  /** What the user reads before they agree, without the nodes. */
  readonly notes: readonly string[];
}

interface ApiStageInput {
  readonly stage: StageName;
  readonly file: RequestFile;
  readonly job: OimJob;
  readonly group: ImageGroup;
}

/** Reads the files of the project; sends nothing. @throws Refusal, RunnerError */
export async function apiStage({ stage, file, job, group }: ApiStageInput): Promise<ApiStage> {
  const { text, uri, version } = file;
  const project = projectFolderOf(uri.fsPath);
  const plan = await planServerStage({
    stage,
    group,
    job,
    mapping: {
      file: uri.fsPath.replaceAll('\\', '/'),
      text,
      version: version ?? versionOf(uri.fsPath, new CsvDocument(text)),
    },
    failedNodesFile: failedNodesPlace,
    read: (place) => readProjectFile(path.resolve(project, place)),
    committed: () => committedText(uri),
    bootedHere: await bootedHere(project, group.id),
  });
  const notes = plan.notes.map((note) => wordsOf(note, say));
  return {
    plan,
    nodes: touchedNodes(plan),
    notes: plan.restart === undefined ? notes : [...notes, ...planNotes(plan.restart)],
  };
}

/** Refuses a stage that something stands in the way of. @throws Refusal, RunnerError */
export function refuseObstacles({ stage, obstacles }: ServerStagePlan): void {
  const [obstacle] = obstacles;
  if (obstacle !== undefined) throw obstacleError(obstacle, stage);
}

function obstacleError(obstacle: Obstacle, stage: StageName): Error {
  switch (obstacle.kind) {
    case 'no-mapping':
      return new Refusal(
        vscode.l10n.t('There is no PXE mapping file here, so nobody can say which nodes the stage {0} touches.', stage),
      );
    case 'mapping-errors':
      return new RunnerError({ reason: 'mapping-errors', errors: obstacle.errors });
    case 'failed-nodes':
      return new Refusal(`${obstacle.file}: ${sayProblems(obstacle.problems, say)}`);
  }
}
