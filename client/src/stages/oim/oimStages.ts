import { stageNames, type StageName } from '@omnia-buildstream/core/stage/stageName';
import { demandCredential, demandApi } from '../../oim/openApi.ts';
import type { StageContext } from '../stageContext.ts';
import type { OpenStage, StageDefinition } from '../stageDefinition.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { apiStageWords, onServer } from './apiStageWords.ts';
import { offerOimStage } from './offerOimStage.ts';

/** The stages that the management server runs through the BuildStreaM API. */
export const oimStages: readonly StageDefinition[] = stageNames.map(oimStage);

function oimStage(name: StageName): StageDefinition {
  const { title, description } = apiStageWords(name);
  return {
    name,
    backend: 'oim',
    title: () => title,
    fullTitle: () => onServer({ title }),
    description: () => description,
    open,
  };
}

async function open(context: StageContext, request: StageRequest): Promise<OpenStage> {
  const server = demandApi();
  const credential = await demandCredential(context.apiClients, server);
  return {
    place: server.origin,
    isFollowing: true,
    prepare: (stop) => offerOimStage(context, { server, credential, request, stop }),
  };
}
