import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { numberInName } from './nodeNumbers.ts';
import { openchamiTexts as texts } from './openchamiTexts.ts';
import { withoutHostname, type Metadata, type MetadataService, type ReportState } from './reportState.ts';
import type { Failures } from './failures.ts';
import { groupOf, type Need } from './reportWrites.ts';
import type { SmdInventory } from './smd.ts';
import type { WantedNode } from './wanted.ts';

interface Shown {
  readonly components: SmdInventory['components'];
  readonly report: ReportState;
}

/** What nodes lack for booting and reporting, and what is not written from here. */
export function lackingNeeds(nodes: readonly WantedNode[], { components, report }: Shown): Phrase[] {
  const { groups, endpoints, metadata } = report;
  const numbered = (one: WantedNode): string => `${nameOf(one)} (${String(components.get(one.xname))})`;
  return [
    ...lackingEndpoints(nodes, endpoints),
    ...about(
      nodes.filter((one) => hasOtherNumber(one, components)),
      (names) => phrase(texts.otherNumber, { nodes: names }),
      numbered,
    ),
    ...(groups === undefined ? [phrase(texts.groupsUnknown)] : otherGroups(nodes, groups, metadata)),
    ...lackingMetadata(nodes, metadata),
  ];
}

/** What was written but is not shown, with the reason if a service reported one. */
export function missingWrites(
  nodes: readonly WantedNode[],
  { groups, metadata }: ReportState,
  failures: Failures,
): Phrase[] {
  const outside = nodes.filter((one) => groups !== undefined && groups.get(groupOf(one))?.has(one.xname) !== true);
  const unnamed = withoutHostname(nodes, metadata);
  const service = metadata.kind;
  const withWhy = (need: Need, about: readonly WantedNode[], missing: Phrase): Phrase => {
    const why = failures.firstOf(need, about);
    return why === undefined ? missing : phrase(texts.firstFailure, { missing, why });
  };
  return [
    ...byRole(outside, (group, names, ofGroup) =>
      withWhy('group', ofGroup, phrase(texts.notInGroup, { group, nodes: names })),
    ),
    ...about(unnamed, (names) => withWhy('hostname', unnamed, phrase(texts.noHostname, { service, nodes: names }))),
  ];
}

/** BSS requires endpoints, boot-service does not. */
function lackingEndpoints(nodes: readonly WantedNode[], endpoints: ReportState['endpoints']): Phrase[] {
  if (endpoints === 'unneeded') return [];
  if (endpoints === undefined) return about(nodes, (names) => phrase(texts.endpointsUnknown, { nodes: names }));
  const without = nodes.filter(({ xname }) => !endpoints.has(xname));
  return about(without, (names) => phrase(texts.noEndpoint, { nodes: names }));
}

/** Other groups of the nodes, such as that of an earlier role: members are only added, never removed. */
function otherGroups(
  nodes: readonly WantedNode[],
  groups: NonNullable<ReportState['groups']>,
  metadata: Metadata,
): Phrase[] {
  const withData = 'groups' in metadata ? metadata.groups : undefined;
  return [...groups].flatMap(([group, members]) => {
    const also = nodes.filter((one) => members.has(one.xname) && groupOf(one) !== group);
    const text = withData?.has(group) === true ? texts.otherGroupWithData : texts.otherGroup;
    return about(also, (names) => phrase(text, { group, nodes: names }));
  });
}

function lackingMetadata(nodes: readonly WantedNode[], metadata: Metadata): Phrase[] {
  switch (metadata.kind) {
    case 'absent':
      return about(nodes, (names) => phrase(texts.noService, { nodes: names }));
    case 'unknown':
      return about(nodes, (names) => phrase(texts.serviceUnknown, { asked: metadata.asked, nodes: names }));
    case 'metadata-service':
    case 'cloud-init':
      return [...lackingData(nodes, metadata), ...lackingHostnames(nodes, metadata)];
  }
}

function lackingData(nodes: readonly WantedNode[], { kind: service, groups }: MetadataService): Phrase[] {
  if (groups === undefined) return about(nodes, (names) => phrase(texts.dataUnknown, { service, nodes: names }));
  const without = nodes.filter((one) => !groups.has(one.node.role));
  return byRole(without, (group, names) => phrase(texts.noData, { service, group, nodes: names }));
}

function lackingHostnames(nodes: readonly WantedNode[], { kind: service, hostnames }: MetadataService): Phrase[] {
  if (hostnames !== undefined) {
    const others = nodes.filter(({ node, xname }) => !isNameOf(node.hostname, hostnames.get(xname)));
    return about(others, (names) => phrase(texts.otherHostname, { service, nodes: names }));
  }
  if (service === 'metadata-service') {
    return about(nodes, (names) => phrase(texts.hostnamesNotTold, { service, nodes: names }));
  }
  const unset = nodes.filter(({ node }) => numberInName(node.hostname) === undefined);
  return about(unset, (names) => phrase(texts.hostnamesUnknown, { nodes: names }));
}

/** Omnia sets hostnames with their domain. */
function isNameOf(hostname: string, shown: string | undefined): boolean {
  return shown === undefined || shown === hostname || shown.startsWith(`${hostname}.`);
}

function hasOtherNumber({ xname, node }: WantedNode, components: SmdInventory['components']): boolean {
  const [shown, named] = [components.get(xname), numberInName(node.hostname)];
  return shown !== undefined && named !== undefined && shown !== named;
}

function nameOf({ node }: WantedNode): string {
  return node.hostname;
}

function byRole(
  nodes: readonly WantedNode[],
  say: (role: string, names: string, ofRole: readonly WantedNode[]) => Phrase,
): Phrase[] {
  const roles = new Set(nodes.map(({ node }) => node.role));
  return [...roles].flatMap((role) => {
    const ofRole = nodes.filter(({ node }) => node.role === role);
    return about(ofRole, (names) => say(role, names, ofRole));
  });
}

const mostNamed = 40;

/** One sentence that names the nodes; empty if there are no nodes. */
function about(
  nodes: readonly WantedNode[],
  say: (names: string) => Phrase,
  words: (one: WantedNode) => string = nameOf,
): Phrase[] {
  if (nodes.length === 0) return [];
  const names = nodes.slice(0, mostNamed).map(words).join(', ');
  const others = nodes.length - mostNamed;
  return [say(others > 0 ? `${names}, … (+${String(others)})` : names)];
}
