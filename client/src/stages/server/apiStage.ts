import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { traitsOf, type OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import type { StageName } from '@omnia-buildstream/engine/stage/events';
import type { StageRequest, UploadFile } from '@omnia-buildstream/oim/api/oimClient';
import { validateRequests } from '@omnia-buildstream/oim/stage/inputFiles';
import { refuseMappingErrors } from '@omnia-buildstream/runner/mappingErrors';
import { versionOf } from '@omnia-buildstream/runner/mappingVersion';
import { inputFilesBeside } from '@omnia-buildstream/runner/oim';
import * as vscode from 'vscode';
import type { RequestFile } from '../requestFiles.ts';
import type { TouchedNode } from '../stageDefinition.ts';
import { readProjectFile } from './projectFile.ts';
import { restartInputs } from './restartInputs.ts';

/** What a stage of the API is given, and what it touches as far as the files here tell. */
export interface ApiStage {
  readonly request: StageRequest;
  readonly files: readonly UploadFile[];
  readonly nodes: readonly TouchedNode[];
  /** What the user reads before they agree, without the nodes. */
  readonly notes: readonly string[];
}

export interface ApiStageInput {
  readonly file: RequestFile;
  readonly version: OmniaVersion;
  readonly jobId: string;
  readonly imageGroup: string;
}

/** Reads the files of the project; sends nothing. @throws Refusal, RunnerError */
export async function apiStage(stage: StageName, given: Omit<ApiStageInput, 'version'>): Promise<ApiStage> {
  const { text, uri, version: chosen } = given.file;
  const document = new CsvDocument(text);
  const version = chosen ?? versionOf(uri.fsPath, document);
  switch (stage) {
    case 'deploy':
      refuseMappingErrors(document, version);
      return deployInputs({ ...given, version });
    case 'restart':
      return restartInputs({ ...given, version });
    case 'validate': {
      const kind = traitsOf(version).catalogRoles ? '2.3' : '2.2';
      const why = vscode.l10n.t('is tested');
      return {
        request: { stage, ...validateRequests[kind] },
        files: [],
        nodes: targetsOf(text, version).map((target) => touched(target, why)),
        notes: [vscode.l10n.t('It runs the tests of Omnia {0} and restarts no node.', kind)],
      };
    }
  }
}

async function deployInputs({ file, version, imageGroup }: ApiStageInput): Promise<ApiStage> {
  const files = await inputFilesBeside(file.uri.fsPath.replaceAll('\\', '/'), readProjectFile);
  return {
    request: { stage: 'deploy', imageGroupId: imageGroup },
    files,
    nodes: targetsOf(file.text, version).map((target) => touched(target, target.functionalGroup)),
    notes: [
      vscode.l10n.t('It uploads {0}.', files.map(({ name }) => name).join(', ')),
      vscode.l10n.t('It assigns the images to the nodes of the mapping file, and restarts none.'),
    ],
  };
}

function touched({ hostname, bmcIp }: Target, why: string): TouchedNode {
  return { hostname, bmcIp, why };
}
