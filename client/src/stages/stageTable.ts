import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { directBackend } from './direct/directBackend.ts';
import type { EditorBackend } from './editorBackends.ts';
import { oimBackend } from './oim/oimBackend.ts';
import type { BackendDefinition, StageDefinition } from './stageDefinition.ts';

/**
 * The stages that the editor runs, by backend and then in their order. Everything else works with whatever is listed here,
 * and asks none of them for its name. (Omnia's pipeline carries the same stages out: the Pipelines view plays it.)
 */
export const stageTable: Readonly<Record<EditorBackend, BackendDefinition>> = {
  direct: directBackend,
  oim: oimBackend,
};

export function stageOf(name: StageName, backend: EditorBackend): StageDefinition | undefined {
  return stageTable[backend].stages.find((stage) => stage.name === name);
}
