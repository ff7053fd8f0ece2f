import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { deployStage } from './direct/deployStage.ts';
import { restartStage } from './direct/restartStage.ts';
import { validateStage } from './direct/validateStage.ts';
import { serverStages } from './server/serverStages.ts';
import type { StageDefinition } from './stageDefinition.ts';
import type { EditorBackend } from './taskDefinition.ts';

/**
 * The stages that the editor runs, by backend and then in their order. Everything else works with whatever stands here,
 * and asks none of them for its name. (Omnia's pipeline carries the same stages out: the Pipelines view plays it.)
 */
export const stageTable: Readonly<Record<EditorBackend, readonly StageDefinition[]>> = {
  direct: [deployStage, restartStage, validateStage],
  oim: serverStages,
};

export function stageOf(name: StageName, backend: EditorBackend): StageDefinition | undefined {
  return new Map(stageTable[backend].map((stage) => [stage.name, stage])).get(name);
}
