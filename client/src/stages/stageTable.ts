import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { directBackend } from './direct/directBackend.ts';
import type { EditorBackend } from './editorBackends.ts';
import { oimBackend } from './oim/oimBackend.ts';
import type { BackendDefinition, StageDefinition } from './stageDefinition.ts';

/**
 * The stages that the editor runs, by backend, in the order in which they run. All other code works with whatever is
 * listed here and never checks for a stage by name. (Omnia's pipeline runs the same stages: the Pipelines view starts
 * it.)
 */
export const stageTable: Readonly<Record<EditorBackend, BackendDefinition>> = {
  direct: directBackend,
  oim: oimBackend,
};

export function stageOf(name: StageName, backend: EditorBackend): StageDefinition | undefined {
  return stageTable[backend].stages.find((stage) => stage.name === name);
}
