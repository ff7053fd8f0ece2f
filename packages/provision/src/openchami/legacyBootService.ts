import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { listOf, textsOf } from './answers.ts';
import { byConfig, type BootApi, type BootShown, type NodeWrite } from './bootApi.ts';
import { chosenFor, entryChanges, type BootEntry } from './bootEntries.ts';
import { configOf } from './bootService.ts';
import { legacyPath as path } from './bss.ts';

const listName = 'boot-parameters';

/**
 * boot-service with its legacy API enabled. It looks like BSS but behaves differently: POST always creates another
 * entry. PUT changes the first entry that has any of the MACs, replaces that entry's MACs with those of the request,
 * and drops node numbers; if there is no such entry, it returns 404.
 */
export const legacyBootService: BootApi = {
  name: 'boot-service (legacy API)',
  path,
  nodesPath: undefined,
  needsEndpoints: false,
  recognises: (answer) => isJsonObject(answer) && listName in answer,
  shownIn: (answer) => shown(listOf(isJsonObject(answer) ? answer[listName] : answer, path).map(entryOf)),
};

function shown(entries: readonly BootEntry[]): BootShown {
  return {
    configOf: (wanted) => chosenFor(wanted, entries)?.config,
    obstacleTo: ({ node }) => obstacle(node.mac, entries),
    writesFor(nodes) {
      const { changes, homeless } = entryChanges(nodes, entries);
      const updated = changes.map(({ macs, config, nodes: about }): NodeWrite => {
        return { nodes: about, write: { method: 'PUT', path, body: { macs, ...config } } };
      });
      const created = byConfig(homeless).map((batch): NodeWrite => {
        const body = { macs: batch.map(({ node }) => node.mac), ...batch[0]?.config };
        return { nodes: batch, write: { method: 'POST', path, body } };
      });
      // In the reverse order, PUT could find the new entry instead of the old one.
      return [updated, created];
    },
  };
}

/** PUT changes only the first entry that has any of the MACs, and keeps nothing of it but MACs. */
function obstacle(mac: string, entries: readonly BootEntry[]): Phrase | undefined {
  const own = entries.find(({ macs }) => macs.map(normaliseMac).includes(mac));
  if (own === undefined) return undefined;
  const shared = entries.filter(({ macs }) =>
    macs.some((one) => own.macs.map(normaliseMac).includes(normaliseMac(one))),
  );
  if (shared.length > 1) return phrase(texts.severalEntries);
  const isBroad = own.hosts.length > 0 || own.isBroader;
  return isBroad ? phrase(texts.broadEntry) : undefined;
}

function entryOf(entry: JsonObject, index: number): BootEntry {
  return {
    index,
    uid: '',
    name: String(index).padStart(9, '0'),
    macs: textsOf(entry['macs']),
    // The hosts include groups.
    hosts: textsOf(entry['hosts']),
    isBroader: textsOf(entry['nids']).length > 0,
    priority: 0,
    config: configOf(entry),
  };
}
