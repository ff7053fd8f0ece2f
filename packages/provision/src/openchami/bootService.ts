import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { listOf, textsOf } from './answers.ts';
import { byConfig, type BootApi, type BootShown, type NodeWrite } from './bootApi.ts';
import type { BootConfig } from './bootConfig.ts';
import { chosenFor, entryChanges, type BootEntry } from './bootEntries.ts';

const path = '/boot-service/bootconfigurations';

/** OpenCHAMI's boot-service, as Omnia has installed it since August 2026: configurations are resources with a UID. */
export const bootService: BootApi = {
  name: 'boot-service',
  path,
  nodesPath: '/boot-service/nodes',
  needsEndpoints: false,
  // Go writes an empty list as null.
  recognises: (answer) => answer === null || (Array.isArray(answer) && answer.every(isJsonObject)),
  shownIn: (answer) => shown(listOf(answer, path)),
};

function shown(resources: readonly JsonObject[]): BootShown {
  const entries = resources.map(entryOf);
  return {
    configOf: (wanted) => chosenFor(wanted, entries)?.config,
    obstacleTo: () => undefined,
    writesFor(nodes) {
      const { changes, homeless, priorityOf } = entryChanges(nodes, entries);
      // New entries first, so that no node is without parameters in between.
      const created = byConfig(homeless).map((batch): NodeWrite => {
        const macs = batch.map(({ node }) => node.mac);
        const priority = Math.max(...batch.map(priorityOf));
        const spec = { macs, ...batch[0]?.config, ...(priority > 0 && { priority }) };
        const body = { metadata: { name: `buildstream-${(macs[0] ?? '').replaceAll(':', '')}` }, spec };
        return { nodes: batch, write: { method: 'POST', path, body } };
      });
      const updated = changes.map(({ entry, macs, config, nodes: about }): NodeWrite => {
        // An update replaces the whole spec: fields that we do not know are sent back unchanged.
        const spec = { ...specOf(resources[entry.index] ?? {}), macs, ...config };
        const body = { metadata: { name: entry.name }, spec };
        return { nodes: about, write: { method: 'PUT', path: `${path}/${encodeURIComponent(entry.uid)}`, body } };
      });
      return [created, updated];
    },
  };
}

function entryOf(resource: JsonObject, index: number): BootEntry {
  const metadata = isJsonObject(resource['metadata']) ? resource['metadata'] : {};
  const spec = specOf(resource);
  const hasSome = (name: string): boolean => Array.isArray(spec[name]) && spec[name].length > 0;
  const priority = spec['priority'];
  return {
    index,
    uid: textField(metadata, 'uid') ?? '',
    name: textField(metadata, 'name') ?? '',
    macs: textsOf(spec['macs']),
    hosts: textsOf(spec['hosts']),
    isBroader: hasSome('nids') || hasSome('groups'),
    priority: typeof priority === 'number' ? priority : 0,
    config: configOf(spec),
  };
}

function specOf(resource: JsonObject): JsonObject {
  return isJsonObject(resource['spec']) ? resource['spec'] : {};
}

export function configOf(entry: JsonObject): BootConfig {
  const text = (name: string): string => textField(entry, name) ?? '';
  return { kernel: text('kernel'), initrd: text('initrd'), params: text('params') };
}
