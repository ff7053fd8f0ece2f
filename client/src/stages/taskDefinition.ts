import { stageNames, type StageName } from '@omnia-buildstream/engine/stage/events';

/** Which stage runs on which nodes, as a task or a command says it. */
export interface StageRequest {
  readonly stage: StageName;
  /** Undefined: the user is asked. */
  readonly imageGroup: string | undefined;
  /** Hostnames, service tags or BMC_IPs; empty: all of the plan. */
  readonly names: readonly string[];
  /** Only nodes that failed before. */
  readonly failed: boolean;
  /** The mapping file, relative to the workspace folder or absolute; undefined: that of the view Nodes. */
  readonly mapping: string | undefined;
}

/** Why a task cannot be read: the key of tasks.json that is odd. */
export interface TaskFault {
  readonly key: 'stage' | 'image' | 'nodes' | 'failed' | 'mapping';
}

/** Reads a task of type `buildstream`; anybody may have written it. */
export function readTaskDefinition(definition: Readonly<Record<string, unknown>>): StageRequest | TaskFault {
  const { stage, image, nodes, failed = false, mapping } = definition;
  const name = stageNames.find((one) => one === stage);
  if (name === undefined) return { key: 'stage' };
  if (!isTextOrAbsent(image)) return { key: 'image' };
  if (!isTextOrAbsent(mapping)) return { key: 'mapping' };
  const names = namesOf(nodes);
  if (names === undefined) return { key: 'nodes' };
  if (typeof failed !== 'boolean' || (failed && names.length > 0)) return { key: 'failed' };
  return { stage: name, imageGroup: filled(image), names, failed, mapping: filled(mapping) };
}

/** The definition that {@link readTaskDefinition} reads as this request. */
export function taskDefinitionOf({ stage, imageGroup, names, failed, mapping }: StageRequest): Record<string, unknown> {
  return {
    stage,
    ...(imageGroup !== undefined && { image: imageGroup }),
    ...(names.length > 0 && { nodes: names }),
    ...(failed && { failed }),
    ...(mapping !== undefined && { mapping }),
  };
}

/** A list, or names separated by commas, as on the command line. */
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
