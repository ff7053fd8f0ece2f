import { normaliseMac } from '@omnia-buildstream/core/mapping/addresses';
import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { ProvisionError } from '@omnia-buildstream/engine/ports/bootProvisioner';
import type { OpenchamiService } from './service.ts';

/** Paths of SMD and BSS (openchami.md sections 1 and 2). */
export const paths = {
  components: '/hsm/v2/State/Components',
  interfaces: '/hsm/v2/Inventory/EthernetInterfaces',
  bootParameters: '/boot/v1/bootparameters',
} as const;

/** What SMD and BSS say at one moment. */
export interface Inventory {
  /** xnames of all components. */
  readonly components: ReadonlySet<string>;
  /** By MAC, lower case with colons. */
  readonly interfaces: ReadonlyMap<string, EthernetInterface>;
  /** By MAC and by xname. */
  readonly boot: ReadonlyMap<string, BootConfig>;
}

export interface EthernetInterface {
  /** Of the interface in SMD. */
  readonly id: string;
  readonly mac: string;
  /** xname; empty when SMD knows none. */
  readonly componentId: string;
  readonly ips: readonly string[];
}

export interface BootConfig {
  readonly kernel: string;
  readonly initrd: string;
  readonly params: string;
}

/** Reads everything at once: three requests, however many nodes. */
export async function readInventory(service: OpenchamiService, signal: AbortSignal): Promise<Inventory> {
  const [components, interfaces, boot] = await Promise.all([
    service.read(paths.components, signal),
    service.read(paths.interfaces, signal),
    service.read(paths.bootParameters, signal),
  ]);
  const found = isJsonObject(components) ? components['Components'] : undefined;
  return {
    components: new Set(listOf(found, paths.components).map((entry) => textField(entry, 'ID') ?? '')),
    interfaces: interfacesOf(listOf(interfaces, paths.interfaces)),
    boot: bootOf(listOf(boot, paths.bootParameters)),
  };
}

function interfacesOf(list: readonly JsonObject[]): Map<string, EthernetInterface> {
  return new Map(
    list.map((entry) => {
      const mac = normaliseMac(textField(entry, 'MACAddress') ?? '');
      const ips = listOf(entry['IPAddresses'], paths.interfaces).map((ip) => textField(ip, 'IPAddress') ?? '');
      const componentId = textField(entry, 'ComponentID') ?? '';
      return [mac, { id: textField(entry, 'ID') ?? mac.replaceAll(':', ''), mac, componentId, ips }];
    }),
  );
}

function bootOf(list: readonly JsonObject[]): Map<string, BootConfig> {
  return new Map(
    list.flatMap((entry) => {
      const text = (name: string): string => textField(entry, name) ?? '';
      const config = { kernel: text('kernel'), initrd: text('initrd'), params: text('params') };
      const keys = [...textsOf(entry['hosts']), ...textsOf(entry['macs']).map(normaliseMac)];
      return keys.map((key) => [key, config] as const);
    }),
  );
}

/** Go writes an empty list as null. */
function listOf(value: unknown, path: string): JsonObject[] {
  const list = value ?? [];
  if (Array.isArray(list) && list.every(isJsonObject)) return list;
  throw new ProvisionError('protocol', `GET ${path}: the response is not a list of objects`);
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
