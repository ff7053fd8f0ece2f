import { groupIdentity } from '../mapping/functionalGroups.ts';
import { isIpv4, isMac, normaliseMac } from '../mapping/addresses.ts';
import { matchImage, type ImageMatch, type NamedImage } from './matchImage.ts';
import type { Target } from './targets.ts';

/** Which node boots which image of a group, and which rows cannot be deployed. */
export interface DeployPlan<Image extends NamedImage = NamedImage> {
  readonly imageGroup: string;
  /** In the order of the mapping file. */
  readonly nodes: readonly DeployNode<Image>[];
  readonly lacking: readonly LackingRow[];
}

export interface DeployNode<Image extends NamedImage = NamedImage> {
  readonly target: Target;
  /** ADMIN_MAC in lower case with colons. */
  readonly mac: string;
  readonly image: Image;
}

/** A row that cannot be deployed, with everything that is wrong with it. */
export interface LackingRow {
  readonly target: Target;
  readonly lacks: readonly Lack[];
}

export type Lack =
  | Exclude<ImageMatch<never>, { readonly kind: 'found' }>
  | { readonly kind: 'no-hostname' | 'no-admin-mac' | 'no-admin-ip' }
  | { readonly kind: 'bad-hostname' | 'bad-admin-mac' | 'bad-admin-ip'; readonly value: string }
  /** Another row has it: both nodes would get the other's image or address. */
  | { readonly kind: 'shared-admin-mac' | 'shared-admin-ip' | 'shared-hostname'; readonly with: readonly string[] };

export interface DeployPlanInput<Image extends NamedImage> {
  readonly rows: readonly Target[];
  readonly imageGroup: string;
  readonly images: readonly Image[];
}

/** The one place that decides which node boots which image. */
export function planDeploy<Image extends NamedImage>(input: DeployPlanInput<Image>): DeployPlan<Image> {
  const { rows, imageGroup, images } = input;
  const firstControlPlane = rows.find(({ functionalGroup }) => isControlPlane(functionalGroup));
  const sharing = sharedValues(rows);
  const nodes: DeployNode<Image>[] = [];
  const lacking: LackingRow[] = [];
  for (const target of rows) {
    const match = imageOf(target, images, target === firstControlPlane);
    const lacks = [...(match.kind === 'found' ? [] : [match]), ...lacksOf(target), ...sharing(target)];
    if (match.kind === 'found' && lacks.length === 0) {
      nodes.push({ target, mac: normaliseMac(target.adminMac), image: match.image });
    } else lacking.push({ target, lacks });
  }
  return { imageGroup, nodes, lacking };
}

function isControlPlane(group: string): boolean {
  return groupIdentity(group)?.role === 'service_kube_control_plane';
}

/** Omnia gives the first control plane a role of its own (omnia.md section 1.4); a group need not have an image for it. */
function imageOf<Image extends NamedImage>(
  { functionalGroup }: Target,
  images: readonly Image[],
  isFirstControlPlane: boolean,
): ImageMatch<Image> {
  if (isFirstControlPlane) {
    const own = functionalGroup.replace('service_kube_control_plane', 'service_kube_control_plane_first');
    const match = matchImage(own, images);
    if (match.kind === 'found') return match;
  }
  return matchImage(functionalGroup, images);
}

const hostname = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

function lacksOf({ hostname: name, adminMac, adminIp }: Target): Lack[] {
  const lacks: Lack[] = [];
  if (name === '') lacks.push({ kind: 'no-hostname' });
  else if (!hostname.test(name)) lacks.push({ kind: 'bad-hostname', value: name });
  if (adminMac === '') lacks.push({ kind: 'no-admin-mac' });
  else if (!isMac(adminMac)) lacks.push({ kind: 'bad-admin-mac', value: adminMac });
  if (adminIp === '') lacks.push({ kind: 'no-admin-ip' });
  else if (!isIpv4(adminIp)) lacks.push({ kind: 'bad-admin-ip', value: adminIp });
  return lacks;
}

/** Finds what a row shares with others although it must be unique. */
function sharedValues(rows: readonly Target[]): (target: Target) => Lack[] {
  const keys = {
    'shared-admin-mac': ({ adminMac }: Target) => (isMac(adminMac) ? normaliseMac(adminMac) : ''),
    'shared-admin-ip': ({ adminIp }: Target) => adminIp,
    'shared-hostname': ({ hostname: name }: Target) => name.toLowerCase(),
  } as const;
  const kinds = Object.keys(keys) as (keyof typeof keys)[];
  const rowsOf = new Map(kinds.map((kind) => [kind, groupBy(rows, keys[kind])]));
  return (target) =>
    kinds.flatMap((kind): Lack[] => {
      const key = keys[kind](target);
      const others = (rowsOf.get(kind)?.get(key) ?? []).filter((other) => other !== target);
      if (key === '' || others.length === 0) return [];
      return [{ kind, with: others.map((other) => nameOf(other)) }];
    });
}

function nameOf({ hostname: name, line }: Target): string {
  return name === '' ? `line ${String(line + 1)}` : name;
}

function groupBy(rows: readonly Target[], keyOf: (row: Target) => string): Map<string, Target[]> {
  const groups = new Map<string, Target[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
