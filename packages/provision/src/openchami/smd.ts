import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { listOf } from './answers.ts';

/** Paths of SMD (openchami.md section 1). */
export const paths = {
  components: '/hsm/v2/State/Components',
  interfaces: '/hsm/v2/Inventory/EthernetInterfaces',
} as const;

/** What SMD says at one moment. */
export interface SmdInventory {
  /** xnames of all components. */
  readonly components: ReadonlySet<string>;
  /** By MAC, lower case with colons. */
  readonly interfaces: ReadonlyMap<string, EthernetInterface>;
}

export interface EthernetInterface {
  /** Of the interface in SMD. */
  readonly id: string;
  readonly mac: string;
  /** xname; empty when SMD knows none. */
  readonly componentId: string;
  readonly ips: readonly string[];
  /** The addresses as SMD has them: a change replaces the whole list. */
  readonly addresses: readonly JsonObject[];
}

/** @throws ProvisionError when an answer is none */
export function smdInventory(components: unknown, interfaces: unknown): SmdInventory {
  const found = isJsonObject(components) ? components['Components'] : undefined;
  return {
    components: new Set(listOf(found, paths.components).map((entry) => textField(entry, 'ID') ?? '')),
    interfaces: interfacesOf(listOf(interfaces, paths.interfaces)),
  };
}

function interfacesOf(list: readonly JsonObject[]): Map<string, EthernetInterface> {
  return new Map(
    list.map((entry) => {
      const mac = normaliseMac(textField(entry, 'MACAddress') ?? '');
      const addresses = listOf(entry['IPAddresses'], paths.interfaces);
      const ips = addresses.map((ip) => textField(ip, 'IPAddress') ?? '');
      const componentId = textField(entry, 'ComponentID') ?? '';
      return [mac, { id: textField(entry, 'ID') ?? mac.replaceAll(':', ''), mac, componentId, ips, addresses }];
    }),
  );
}
