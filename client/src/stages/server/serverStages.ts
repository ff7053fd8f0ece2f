import { stageNames, type StageName } from '@omnia-buildstream/core/stage/stageName';
import * as vscode from 'vscode';
import { demandCredential, demandServer } from '../../oim/openApi.ts';
import type { StageContext } from '../stageContext.ts';
import type { OpenStage, StageDefinition } from '../stageDefinition.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { apiStageWords } from './apiStageWords.ts';
import { offerServerStage } from './offerServerStage.ts';

/** The stages that the management server runs over the BuildStreaM API. */
export const serverStages: readonly StageDefinition[] = stageNames.map(serverStage);

function serverStage(name: StageName): StageDefinition {
  const { title, description } = apiStageWords(name);
  return {
    name,
    backend: 'oim',
    title: () => title,
    fullTitle: () => vscode.l10n.t('{0} on the management server', title),
    description: () => description,
    // It takes no selection of nodes.
    takes: { names: false, failed: false },
    open,
  };
}

async function open(context: StageContext, request: StageRequest): Promise<OpenStage> {
  const server = demandServer();
  const credential = await demandCredential(context.apiClients, server);
  return {
    place: server.origin,
    isFollowing: true,
    prepare: (stop) => offerServerStage(context, { server, credential, request, stop }),
  };
}
