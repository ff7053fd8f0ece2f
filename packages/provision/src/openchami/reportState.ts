import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import { textsOf } from './answers.ts';
import type { BootApi } from './bootApi.ts';
import type { Look, OpenchamiService } from './service.ts';
import { paths } from './smd.ts';

/** What nodes need besides boot parameters to boot and to report (openchami.md section 5), as the services show it. */
export interface ReportState {
  /** Members (xnames) of SMD's groups by label; undefined: SMD does not tell. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** xnames of the nodes that SMD has a Redfish endpoint for; undefined: the boot service does not ask for them. */
  readonly endpoints: ReadonlySet<string> | undefined;
  /** Undefined: neither service answers. */
  readonly metadata: Metadata | undefined;
}

/** The service that gives nodes their cloud-init data. */
export interface Metadata {
  readonly name: 'metadata-service' | 'cloud-init';
  /** Groups that it has cloud-init data for. */
  readonly groups: ReadonlySet<string>;
  /** Hostname by xname; undefined: it does not tell them. */
  readonly hostnames: ReadonlyMap<string, string> | undefined;
}

export const instancesPath = '/metadata-service/instanceinfos';
const metadataGroups = '/metadata-service/groups';
const cloudInitGroups = '/cloud-init/admin/groups';

/** Changes nothing. @throws ProvisionError, or the signal's reason */
export async function readReportState(
  service: OpenchamiService,
  { needsEndpoints }: Pick<BootApi, 'needsEndpoints'>,
  signal: AbortSignal,
): Promise<ReportState> {
  const [groups, endpoints, metadata] = await Promise.all([
    service.look(paths.groups, signal),
    needsEndpoints ? service.look(paths.endpoints, signal) : undefined,
    metadataOf(service, signal),
  ]);
  return { groups: groupsIn(groups), endpoints: endpoints && endpointsIn(endpoints), metadata };
}

async function metadataOf(service: OpenchamiService, signal: AbortSignal): Promise<Metadata | undefined> {
  const instances = listIn(await service.look(instancesPath, signal));
  if (instances !== undefined) {
    const groups = listIn(await service.look(metadataGroups, signal)) ?? [];
    return { name: 'metadata-service', groups: new Set(groups.map(nameOf)), hostnames: hostnamesIn(instances) };
  }
  const groups = await service.look(cloudInitGroups, signal);
  if (groups.kind !== 'json' || !isJsonObject(groups.value)) return undefined;
  return { name: 'cloud-init', groups: new Set(Object.keys(groups.value)), hostnames: undefined };
}

function nameOf({ metadata }: JsonObject): string {
  return isJsonObject(metadata) ? (textField(metadata, 'name') ?? '') : '';
}

function hostnamesIn(instances: readonly JsonObject[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { spec } of instances) {
    const id = isJsonObject(spec) ? textField(spec, 'instance_id') : undefined;
    if (!isJsonObject(spec) || id === undefined) continue;
    found.set(id, textField(spec, 'local_hostname') ?? textField(spec, 'hostname') ?? '');
  }
  return found;
}

function groupsIn(look: Look): ReportState['groups'] {
  const list = listIn(look);
  return (
    list &&
    new Map(
      list.map((group) => {
        const members = isJsonObject(group['members']) ? group['members'] : {};
        return [(textField(group, 'label') ?? '').toLowerCase(), new Set(textsOf(members['ids']))];
      }),
    )
  );
}

function endpointsIn(look: Look): ReadonlySet<string> | undefined {
  const value = look.kind === 'json' && isJsonObject(look.value) ? look.value['ComponentEndpoints'] : undefined;
  const list = listIn({ kind: 'json', value });
  return list && new Set(list.map((endpoint) => textField(endpoint, 'ID') ?? ''));
}

/** Go writes an empty list as null. */
function listIn(look: Look): JsonObject[] | undefined {
  if (look.kind !== 'json') return undefined;
  const list: unknown = look.value ?? [];
  return Array.isArray(list) && list.every(isJsonObject) ? list : undefined;
}
