import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { problem, type LabInterface, type LabReply } from './state.ts';

/** A configuration as boot-service stores it. */
export interface LabBootConfiguration {
  readonly metadata: { readonly uid: string; readonly name: string };
  spec: JsonObject;
}

const mac = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;
const host = /^(?:x\d+c\d+s\d+b\d+n\d+|\*|default)$/;
const urlOrPath = /^(?:https?:|\/.)/;

/** The data of boot-service, and its refusals (openchami.md section 3). */
export class BootServiceState {
  readonly configurations: LabBootConfiguration[] = [];
  nodes: { readonly spec: { readonly xname: string; readonly bootMac: string } }[] = [];
  #made = 0;

  /** Copies the nodes of SMD. */
  syncNodes(xnames: Iterable<string>, interfaces: Iterable<LabInterface>): void {
    const macOf = new Map([...interfaces].map((one) => [one.ComponentID, one.MACAddress]));
    this.nodes = [...xnames].map((xname) => ({ spec: { xname, bootMac: macOf.get(xname) ?? '' } }));
  }

  /** boot-service's own API: `GET /bootconfigurations` and so on. */
  handle(line: string, body: unknown): LabReply {
    const uid = /^PUT \/bootconfigurations\/([^/]+)$/.exec(line)?.[1];
    if (uid !== undefined) return this.#put(uid, body);
    switch (line) {
      case 'GET /bootconfigurations':
        return { status: 200, body: this.configurations };
      case 'POST /bootconfigurations':
        return this.#post(body);
      case 'GET /nodes':
        return { status: 200, body: this.nodes };
      default:
        return refusal(404, `nothing at ${line}`);
    }
  }

  /** boot-service's imitation of BSS. */
  handleLegacy(line: string, body: unknown): LabReply {
    switch (line) {
      case 'GET /boot/v1/bootparameters':
        return { status: 200, body: legacyBody(this.configurations) };
      case 'POST /boot/v1/bootparameters':
        return this.#postLegacy(body);
      case 'PUT /boot/v1/bootparameters':
        return this.#putLegacy(body);
      default:
        return problem(404, `nothing at ${line}`);
    }
  }

  #post(body: unknown): LabReply {
    const metadata = isJsonObject(body) && isJsonObject(body['metadata']) ? body['metadata'] : undefined;
    const spec = specIn(body);
    if (metadata === undefined || spec === undefined) return refusal(400, 'invalid request body');
    return this.#keep(textField(metadata, 'name') ?? '', spec) ?? refusal(400, 'validation failed');
  }

  #put(uid: string, body: unknown): LabReply {
    const found = this.configurations.find(({ metadata }) => metadata.uid === uid);
    if (found === undefined) return refusal(404, 'BootConfiguration not found');
    const spec = specIn(body);
    if (spec === undefined) return refusal(400, 'validation failed');
    found.spec = spec;
    return { status: 200, body: found };
  }

  #postLegacy(body: unknown): LabReply {
    const spec = legacySpec(body);
    if (spec === undefined) return problem(500, 'Failed to create boot parameters');
    this.#keep(`legacy-${textsIn(spec, 'macs')[0] ?? ''}`, spec);
    return { status: 201, body: legacyBody(this.configurations.slice(-1)) };
  }

  /** The first configuration that has any of the MACs gets the whole request, but keeps its groups and its priority. */
  #putLegacy(body: unknown): LabReply {
    const spec = legacySpec(body);
    if (spec === undefined) return problem(500, 'Failed to update boot parameters');
    const macs = new Set(textsIn(spec, 'macs'));
    const found = this.configurations.find((one) => textsIn(one.spec, 'macs').some((address) => macs.has(address)));
    if (found === undefined) return problem(404, 'No matching boot parameters found');
    const { groups, priority } = found.spec;
    found.spec = { ...spec, ...(groups !== undefined && { groups }), ...(priority !== undefined && { priority }) };
    return { status: 200, body: legacyBody([found]) };
  }

  #keep(name: string, spec: JsonObject): LabReply | undefined {
    if (name === '') return undefined;
    const made: LabBootConfiguration = { metadata: { uid: `bootconfiguration-${String(++this.#made)}`, name }, spec };
    this.configurations.push(made);
    return { status: 201, body: made };
  }
}

function specIn(body: unknown): JsonObject | undefined {
  const spec = isJsonObject(body) && isJsonObject(body['spec']) ? body['spec'] : undefined;
  return spec !== undefined && isValid(spec) ? spec : undefined;
}

function legacySpec(body: unknown): JsonObject | undefined {
  return isJsonObject(body) && isValid(body) ? { ...body } : undefined;
}

function isValid(spec: JsonObject): boolean {
  const initrd = textField(spec, 'initrd') ?? '';
  return (
    urlOrPath.test(textField(spec, 'kernel') ?? '') &&
    (initrd === '' || urlOrPath.test(initrd)) &&
    textsIn(spec, 'macs').every((one) => mac.test(one)) &&
    textsIn(spec, 'hosts').every((one) => host.test(one))
  );
}

function textsIn(spec: JsonObject, name: string): string[] {
  const list = spec[name];
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

/** The form of BSS: groups are listed among the hosts, and an empty list is null. */
function legacyBody(configurations: readonly LabBootConfiguration[]): object {
  const list = configurations.map(({ spec }) => {
    const { kernel, initrd, params } = spec;
    const hosts = [...textsIn(spec, 'hosts'), ...textsIn(spec, 'groups')];
    return { ...(hosts.length > 0 && { hosts }), macs: textsIn(spec, 'macs'), kernel, initrd, params };
  });
  return { 'boot-parameters': list.length === 0 ? null : list };
}

/** An error in the form of boot-service's own API. */
function refusal(status: number, error: string): LabReply {
  return { status, body: { error, code: status } };
}
