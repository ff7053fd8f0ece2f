import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { problem, type LabReply } from './state.ts';

/** Which service has the cloud-init data: metadata-service in Omnia's current installation, cloud-init before. */
export type LabMetadataKind = 'metadata-service' | 'cloud-init' | 'none';

interface Instance {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: JsonObject;
}

const label = /^[a-z0-9_.:-]+$/;

/**
 * What nodes need in order to report, apart from boot parameters: SMD's groups and endpoints, cloud-init data
 * (openchami.md section 5).
 */
export class ReportServices {
  readonly metadata: LabMetadataKind;
  /** Members of SMD's groups by label. */
  readonly groups = new Map<string, Set<string>>();
  /** xnames of nodes whose BMC was discovered. */
  readonly endpoints = new Set<string>();
  /** Groups that have cloud-init data. */
  readonly cloudInitGroups = new Set<string>();
  /** Instances of metadata-service: one for each node that was named. */
  readonly instances: Instance[] = [];
  #made = 0;

  constructor(metadata: LabMetadataKind) {
    this.metadata = metadata;
  }

  /** Handles a request below `/hsm/v2`. Undefined if the request is about something else. */
  handleSmd(line: string, body: unknown): LabReply | undefined {
    const group = /^POST \/hsm\/v2\/groups\/([^/]+)\/members$/.exec(line)?.[1];
    if (group !== undefined) return this.#addMember(decodeURIComponent(group), body);
    switch (line) {
      case 'GET /hsm/v2/groups':
        return {
          status: 200,
          body: [...this.groups].map(([name, ids]) => ({ label: name, members: { ids: [...ids] } })),
        };
      case 'POST /hsm/v2/groups':
        return this.#addGroup(body);
      case 'GET /hsm/v2/Inventory/ComponentEndpoints?type=Node':
        return { status: 200, body: { ComponentEndpoints: [...this.endpoints].map((ID) => ({ ID, Type: 'Node' })) } };
      default:
        return undefined;
    }
  }

  /**
   * Handles a request to metadata-service or cloud-init. Undefined if the request is about something else, or the
   * service is not installed.
   */
  handleMetadata(line: string, body: unknown): LabReply | undefined {
    const named = [...this.cloudInitGroups];
    if (this.metadata === 'cloud-init' && line === 'GET /cloud-init/admin/groups') {
      return { status: 200, body: Object.fromEntries(named.map((name) => [name, { name }])) };
    }
    if (this.metadata !== 'metadata-service') return undefined;
    switch (line) {
      case 'GET /metadata-service/groups':
        return { status: 200, body: named.map((name) => ({ metadata: { name }, spec: {} })) };
      case 'GET /metadata-service/instanceinfos':
        return { status: 200, body: this.instances };
      case 'POST /metadata-service/instanceinfos':
        return this.addInstance(body);
      default:
        return undefined;
    }
  }

  addInstance(body: unknown): LabReply {
    const [metadata, spec] = isJsonObject(body) ? [body['metadata'], body['spec']] : [];
    const name = isJsonObject(metadata) ? (textField(metadata, 'name') ?? '') : '';
    if (!isJsonObject(spec) || name === '' || textField(spec, 'instance_id') === undefined) {
      return { status: 400, body: { error: 'validation failed', code: 400 } };
    }
    const made: Instance = { metadata: { name, uid: `instanceinfo-${String(++this.#made)}` }, spec };
    this.instances.push(made);
    return { status: 201, body: made };
  }

  #addGroup(body: unknown): LabReply {
    const name = isJsonObject(body) ? (textField(body, 'label') ?? '').toLowerCase() : '';
    const members = isJsonObject(body) && isJsonObject(body['members']) ? body['members'] : {};
    const ids = Array.isArray(members['ids']) ? (members['ids'] as readonly unknown[]) : [];
    if (!label.test(name) || !ids.every((id) => typeof id === 'string')) {
      return problem(400, "couldn't validate group: bad label or members");
    }
    if (this.groups.has(name)) return problem(409, 'operation would conflict with an existing group');
    this.groups.set(name, new Set(ids as string[]));
    return { status: 201, body: [{ URI: `/hsm/v2/groups/${name}` }] };
  }

  #addMember(name: string, body: unknown): LabReply {
    const members = this.groups.get(name);
    const id = isJsonObject(body) ? (textField(body, 'id') ?? '') : '';
    if (members === undefined) return problem(404, `No such group: ${name}`);
    if (id === '') return problem(400, 'invalid xname ID');
    if (members.has(id)) return problem(409, 'operation would conflict with an existing member in the same group.');
    members.add(id);
    return { status: 201, body: [{ URI: `/hsm/v2/groups/${name}/members/${id}` }] };
  }
}
