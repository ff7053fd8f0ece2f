import { stageNames, type StageName } from '@omnia-buildstream/core/stage/stageName';
import { editorBackends, isEditorBackend, limitNotTaken, type EditorBackend } from './editorBackends.ts';

/** Which stage to run on which nodes, as a task or a command requests it. */
export interface StageRequest {
  readonly stage: StageName;
  /** Undefined for the backend in the settings, or another one if only that one supports the limits of the request. */
  readonly backend: EditorBackend | undefined;
  /** Undefined to ask the user. */
  readonly imageGroup: string | undefined;
  /** Hostnames, service tags or BMC_IPs. Empty for the whole plan. */
  readonly names: readonly string[];
  /** Limits the stage to nodes that failed before. */
  readonly failed: boolean;
  /** IDs of checks of the validate stage, such as `ssh/cn-001`. Empty for all checks. */
  readonly checks: readonly string[];
  /** The mapping file, relative to the workspace folder or absolute. Undefined for the one in the Nodes view. */
  readonly mapping: string | undefined;
}

/** Why a task cannot be read: the key of tasks.json that is not valid. */
export interface TaskFault {
  readonly key: 'stage' | 'backend' | 'image' | 'nodes' | 'failed' | 'checks' | 'mapping';
}

/** The key of each limit in tasks.json. */
const keys = { names: 'nodes', failed: 'failed', checks: 'checks' } as const;

/** Reads a task of type `buildstream`. The definition is untrusted input. */
export function readTaskDefinition(definition: Readonly<Record<string, unknown>>): StageRequest | TaskFault {
  const { stage, backend, image, nodes, failed = false, checks, mapping } = definition;
  const name = stageNames.find((one) => one === stage);
  if (name === undefined) return { key: 'stage' };
  if (backend !== undefined && !isEditorBackend(backend)) return { key: 'backend' };
  if (!isTextOrAbsent(image)) return { key: 'image' };
  if (!isTextOrAbsent(mapping)) return { key: 'mapping' };
  const names = namesOf(nodes);
  if (names === undefined) return { key: 'nodes' };
  const ids = namesOf(checks);
  if (ids === undefined) return { key: 'checks' };
  if (typeof failed !== 'boolean' || (failed && names.length > 0)) return { key: 'failed' };
  const limited = { names, failed, checks: ids };
  const candidates = backend === undefined ? editorBackends : [backend];
  const faults = candidates.map((one) => limitNotTaken(one, name, limited));
  if (!faults.includes(undefined)) return { key: keys[faults[0] ?? 'names'] };
  return { stage: name, backend, imageGroup: filled(image), names, failed, checks: ids, mapping: filled(mapping) };
}

/** The inverse of {@link readTaskDefinition}. */
export function taskDefinitionOf(request: StageRequest): Record<string, unknown> {
  const { stage, backend, imageGroup, names, failed, checks, mapping } = request;
  return {
    stage,
    ...(backend !== undefined && { backend }),
    ...(imageGroup !== undefined && { image: imageGroup }),
    ...(names.length > 0 && { nodes: names }),
    ...(failed && { failed }),
    ...(checks.length > 0 && { checks }),
    ...(mapping !== undefined && { mapping }),
  };
}

/** Reads a list, or names separated by commas as on the command line. */
function namesOf(nodes: unknown): string[] | undefined {
  const list = typeof nodes === 'string' ? nodes.split(',') : (nodes ?? []);
  if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) return undefined;
  return list.map((one: string) => one.trim()).filter((one) => one !== '');
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
