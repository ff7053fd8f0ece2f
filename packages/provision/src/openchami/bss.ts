import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { listOf, textsOf } from './answers.ts';
import { byConfig, type BootApi, type BootShown } from './bootApi.ts';
import type { BootConfig } from './bootConfig.ts';

export const legacyPath = '/boot/v1/bootparameters';

/** OpenCHAMI's boot script service until 2026: PUT sets the parameters of every node that it names. */
export const bss: BootApi = {
  name: 'BSS',
  path: legacyPath,
  nodesPath: undefined,
  needsEndpoints: true,
  recognises: (answer) => answer === null || (Array.isArray(answer) && answer.every(isJsonObject)),
  shownIn: (answer) => {
    const entries = listOf(answer, legacyPath);
    // With etcd, all nodes that SMD knows are shown by xname; with SQL, a node is looked up by MAC only.
    const isByMac = entries.some(({ macs }) => textsOf(macs).length > 0);
    return shown(new Map(entries.flatMap(configsOf)), isByMac);
  },
};

function shown(boot: ReadonlyMap<string, BootConfig>, isByMac: boolean): BootShown {
  return {
    configOf: ({ node, xname }) => boot.get(node.mac) ?? (isByMac ? undefined : boot.get(xname)),
    obstacleTo: () => undefined,
    writesFor: (nodes) => [
      byConfig(nodes).map((batch) => {
        const body = { macs: batch.map(({ node }) => node.mac), ...batch[0]?.config };
        return { nodes: batch, write: { method: 'PUT', path: legacyPath, body } };
      }),
    ],
  };
}

function configsOf(entry: JsonObject): [key: string, config: BootConfig][] {
  const text = (name: string): string => textField(entry, name) ?? '';
  const config = { kernel: text('kernel'), initrd: text('initrd'), params: text('params') };
  const keys = [...textsOf(entry['hosts']), ...textsOf(entry['macs']).map(normaliseMac)];
  return keys.map((key) => [key, config]);
}
