import type { StageName } from '@omnia-buildstream/engine/stage/events';
import { deployStage } from './direct/deployStage.ts';
import { restartStage } from './direct/restartStage.ts';
import type { StageDefinition } from './stageDefinition.ts';
import { validateStage } from './direct/validateStage.ts';

/** The stages that the editor runs, in their order. Everything else works with whatever stands here. */
export const stageTable: readonly StageDefinition[] = [deployStage, restartStage, validateStage];

export function stageOf(name: StageName): StageDefinition | undefined {
  return stageTable.find((stage) => stage.name === name);
}
