import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { listOf } from './answers.ts';

/** Paths of SMD (openchami.md section 1). */
export const paths = {
  components: '/hsm/v2/State/Components',
  interfaces: '/hsm/v2/Inventory/EthernetInterfaces',
  groups: '/hsm/v2/groups',
  endpoints: '/hsm/v2/Inventory/ComponentEndpoints?type=Node',
} as const;

/** What SMD shows at one point in time. */
export interface SmdInventory {
  /** Number (NID) of each component by xname; undefined if it has none. */
  readonly components: ReadonlyMap<string, number | undefined>;
  /** By MAC in lower case with colons. */
  readonly interfaces: ReadonlyMap<string, EthernetInterface>;
}

export interface EthernetInterface {
  /** ID of the interface in SMD. */
  readonly id: string;
  readonly mac: string;
  /** xname; empty if SMD has none. */
  readonly componentId: string;
  readonly ips: readonly string[];
  /** The addresses in SMD's format: a change replaces the whole list. */
  readonly addresses: readonly JsonObject[];
}

/** @throws ProvisionError if a response is not valid */
export function smdInventory(components: unknown, interfaces: unknown): SmdInventory {
  const found = isJsonObject(components) ? components['Components'] : undefined;
  return {
    components: new Map(
      listOf(found, paths.components).map((entry) => [textField(entry, 'ID') ?? '', numberIn(entry['NID'])]),
    ),
    interfaces: interfacesOf(listOf(interfaces, paths.interfaces)),
  };
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
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
