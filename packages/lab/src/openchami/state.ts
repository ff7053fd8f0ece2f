import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';

export interface LabReply {
  readonly status: number;
  readonly body: unknown;
}

export interface LabInterface {
  readonly ID: string;
  readonly MACAddress: string;
  Description: string;
  ComponentID: string;
  IPAddresses: readonly { readonly IPAddress: string }[];
}

export interface LabBoot {
  readonly kernel: string;
  readonly initrd: string;
  readonly params: string;
}

const node = /^x\d{1,4}c[0-7]s\d+b\d+n\d+$/;
const mac = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i;

/** The data of SMD and BSS, and their refusals (openchami.md sections 1 and 2). */
export class OpenchamiState {
  readonly components = new Map<string, JsonObject>();
  /** By ID: the MAC without colons. */
  readonly interfaces = new Map<string, LabInterface>();
  /** By MAC in lowercase. */
  readonly boot = new Map<string, LabBoot>();

  /** Adds components; existing ones do not change. */
  postComponents(body: unknown): LabReply {
    const list = isJsonObject(body) && Array.isArray(body['Components']) ? (body['Components'] as unknown[]) : [];
    if (list.length === 0) return problem(400, 'Missing Components');
    for (const entry of list) {
      const id = isJsonObject(entry) ? (textField(entry, 'ID') ?? '') : '';
      if (!node.test(id)) return problem(400, `couldn't validate components: ${id}`);
    }
    for (const entry of list as JsonObject[]) {
      const id = textField(entry, 'ID') ?? '';
      const made = { Type: 'Node', NID: numberOf(id), ...entry };
      if (!this.components.has(id)) this.components.set(id, made);
    }
    return { status: 204, body: undefined };
  }

  postInterface(body: unknown): LabReply {
    const address = isJsonObject(body) ? (textField(body, 'MACAddress') ?? '') : '';
    if (!isJsonObject(body) || !mac.test(address)) return problem(400, 'Invalid MAC address');
    const id = address.toLowerCase().replaceAll(':', '');
    if (this.interfaces.has(id)) return problem(409, 'duplicate component ethernet interface');
    const empty = { ID: id, MACAddress: address.toLowerCase(), Description: '', ComponentID: '', IPAddresses: [] };
    const made: LabInterface = empty;
    if (!patch(made, body)) return problem(400, 'Invalid component ID or address');
    this.interfaces.set(id, made);
    return { status: 201, body: { URI: `/hsm/v2/Inventory/EthernetInterfaces/${id}` } };
  }

  patchInterface(id: string, body: unknown): LabReply {
    const found = this.interfaces.get(id);
    if (found === undefined) return problem(404, 'no such component ethernet interface.');
    if (!isJsonObject(body) || !patch(found, body)) return problem(400, 'Invalid component ID or address');
    return { status: 200, body: found };
  }

  /** Boot parameters as the service returns them: nodes that share them are in one entry. Null if there are none. */
  getBoot(): LabReply {
    const groups = new Map<string, { macs: string[]; boot: LabBoot }>();
    for (const [address, boot] of this.boot) {
      const key = JSON.stringify(boot);
      const group = groups.get(key) ?? { macs: [], boot };
      group.macs.push(address);
      groups.set(key, group);
    }
    const list = [...groups.values()].map(({ macs, boot }) => ({ macs, ...boot }));
    return { status: 200, body: list.length === 0 ? null : list };
  }

  putBoot(body: unknown): LabReply {
    if (!isJsonObject(body)) return problem(400, 'Bad Request');
    const macs = Array.isArray(body['macs']) ? (body['macs'] as readonly unknown[]) : [];
    if (macs.length === 0 || !macs.every((one) => typeof one === 'string' && mac.test(one))) {
      return problem(400, 'invalid MAC address format');
    }
    const text = (name: string): string => textField(body, name) ?? '';
    const boot = { kernel: text('kernel'), initrd: text('initrd'), params: text('params') };
    for (const address of macs as string[]) this.boot.set(address.toLowerCase(), boot);
    return { status: 200, body: undefined };
  }
}

/** The number that SMD derives from an xname, far from any that a person would assign. */
function numberOf(xname: string): number {
  const [cabinet = 0, , , bmc = 0] = [...xname.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return cabinet * 16_384 + 400 + bmc;
}

/** Changes the fields that the body has; false if a value is invalid. */
function patch(target: LabInterface, body: JsonObject): boolean {
  const componentId = textField(body, 'ComponentID') ?? target.ComponentID;
  const given = body['IPAddresses'] ?? target.IPAddresses;
  if (!Array.isArray(given) || (componentId !== '' && !node.test(componentId))) return false;
  const ips = (given as readonly unknown[]).map((one) =>
    isJsonObject(one) ? (textField(one, 'IPAddress') ?? '') : '',
  );
  if (ips.includes('')) return false;
  target.ComponentID = componentId;
  target.IPAddresses = ips.map((ip) => ({ IPAddress: ip }));
  target.Description = textField(body, 'Description') ?? target.Description;
  return true;
}

/** A problem report in the form of both services. */
export function problem(status: number, detail: string): LabReply {
  return { status, body: { type: 'about:blank', title: 'Problem', detail, status } };
}
