import { isJsonObject, textField, type JsonObject } from '@omnia-buildstream/core/text/jsonFields';
import type { Said } from '@omnia-buildstream/core/text/phrase';
import { askedFor, textsOf } from './answers.ts';
import type { BootApi } from './bootApi.ts';
import { mayBeAbsent, type TriedLook, type OpenchamiService } from './service.ts';
import { paths } from './smd.ts';
import type { WantedNode } from './wanted.ts';

/** What nodes need besides boot parameters to boot and to report (openchami.md section 5), as the services show it. */
export interface ReportState {
  /** Members (xnames) of SMD's groups by label; undefined if SMD does not report them. */
  readonly groups: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** xnames of the nodes for which SMD has a Redfish endpoint; undefined if SMD does not report them. */
  readonly endpoints: ReadonlySet<string> | 'unneeded' | undefined;
  readonly metadata: Metadata;
}

/** The service that gives nodes their cloud-init data. */
export type Metadata =
  | MetadataService
  /** Neither service exists. */
  | { readonly kind: 'absent' }
  /** With the requests and their responses. */
  | { readonly kind: 'unknown'; readonly asked: Said };

export interface MetadataService {
  readonly kind: 'metadata-service' | 'cloud-init';
  /** Groups for which it has cloud-init data; undefined if it does not report them. */
  readonly groups: ReadonlySet<string> | undefined;
  /** Hostname by xname; undefined if it does not report them. */
  readonly hostnames: ReadonlyMap<string, string> | undefined;
}

export const instancesPath = '/metadata-service/instanceinfos';
const metadataGroups = '/metadata-service/groups';
const cloudInitGroups = '/cloud-init/admin/groups';

/** Changes nothing. @throws what the signal gives as its reason */
export async function readReportState(
  service: OpenchamiService,
  { needsEndpoints }: Pick<BootApi, 'needsEndpoints'>,
  signal: AbortSignal,
): Promise<ReportState> {
  const [groups, endpoints, metadata] = await Promise.all([
    service.tryLook(paths.groups, signal),
    needsEndpoints ? service.tryLook(paths.endpoints, signal) : undefined,
    metadataOf(service, signal),
  ]);
  return {
    groups: groupsIn(groups),
    endpoints: endpoints === undefined ? 'unneeded' : endpointsIn(endpoints),
    metadata,
  };
}

/** Nodes without a hostname; empty if no service reports hostnames. */
export function withoutHostname(nodes: readonly WantedNode[], metadata: Metadata): WantedNode[] {
  const hostnames = 'hostnames' in metadata ? metadata.hostnames : undefined;
  return hostnames === undefined ? [] : nodes.filter(({ xname }) => !hostnames.has(xname));
}

/** A failing service does not count as missing: nodes may still reach it. */
async function metadataOf(service: OpenchamiService, signal: AbortSignal): Promise<Metadata> {
  const [groups, instances] = await Promise.all([
    service.tryLook(metadataGroups, signal),
    service.tryLook(instancesPath, signal),
  ]);
  const [named, shown] = [listIn(groups), listIn(instances)];
  if (named !== undefined || shown !== undefined) {
    return {
      kind: 'metadata-service',
      groups: named && new Set(named.map(nameOf)),
      hostnames: shown && hostnamesIn(shown),
    };
  }
  const before = await service.tryLook(cloudInitGroups, signal);
  const isBefore = before.kind === 'json' && isJsonObject(before.value);
  if (isBefore && mayBeAbsent(groups) && mayBeAbsent(instances)) {
    return { kind: 'cloud-init', groups: new Set(Object.keys(before.value)), hostnames: undefined };
  }
  const looks = new Map([
    [metadataGroups, groups],
    [instancesPath, instances],
  ]);
  if (!isBefore) looks.set(cloudInitGroups, before);
  const isAbsent = [...looks.values()].every(({ kind }) => kind === 'absent');
  return isAbsent ? { kind: 'absent' } : { kind: 'unknown', asked: askedFor(looks) };
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

function groupsIn(look: TriedLook): ReportState['groups'] {
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

function endpointsIn(look: TriedLook): ReadonlySet<string> | undefined {
  const value = look.kind === 'json' && isJsonObject(look.value) ? look.value['ComponentEndpoints'] : undefined;
  const list = listIn({ kind: 'json', value });
  return list && new Set(list.map((endpoint) => textField(endpoint, 'ID') ?? ''));
}

/** Go writes an empty list as null. */
function listIn(look: TriedLook): JsonObject[] | undefined {
  if (look.kind !== 'json') return undefined;
  const list: unknown = look.value === null ? [] : look.value;
  return Array.isArray(list) && list.every(isJsonObject) ? list : undefined;
}
