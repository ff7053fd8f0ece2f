import { groupIdentity } from '@omnia-buildstream/core/mapping/functionalGroups';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { folderNameOf, imageFolderOf, imageFolders } from '@omnia-buildstream/core/plan/imageFolder';
import type { ServiceName } from '@omnia-buildstream/core/stage/serviceNames';
import type { Check, CheckKind, ExpectedImage } from './check.ts';
import { titleTexts } from './checkTexts.ts';
import { sampleOf } from './sample.ts';
import type { CheckSettings, ExpectedImages } from './settings.ts';

/** Services by the role of a node, without architecture and OS release (omnia.md section 1.4). */
const services: Readonly<Record<string, readonly ServiceName[]>> = {
  slurm_control_node: ['slurmctld'],
  slurm_node: ['slurmd'],
  service_kube_control_plane: ['kube-api', 'kubelet'],
  service_kube_control_plane_first: ['kube-api', 'kubelet'],
  service_kube_node: ['kubelet'],
};

/** The checks that a mapping file asks for: node by node in its order, then the hosts that settings name. */
export function checksOf(targets: readonly Target[], settings: CheckSettings): Check[] {
  const isWanted = (kind: CheckKind): boolean => settings.kinds?.includes(kind) ?? true;
  const { imageSample } = settings;
  const sample = imageSample === undefined ? undefined : new Set(sampleOf(targets, imageSample));
  const checks = targets.flatMap((target): Check[] => {
    const about = aboutOf(target.hostname, target.adminIp);
    const role = groupIdentity(target.functionalGroup)?.role ?? target.functionalGroup;
    const found: Check[] = [{ kind: 'name', ...about('name') }];
    for (const kind of ['ssh', ...(services[role] ?? [])] as const) {
      found.push({ kind, port: settings.ports[kind], ...about(kind) });
    }
    if (settings.canLogIn) found.push({ kind: 'clock', ...about('clock') });
    if (settings.canLogIn && (sample?.has(target) ?? true)) {
      found.push({
        kind: 'image',
        expected: expectedImage(target.functionalGroup, settings.expected),
        ...about('image'),
      });
    }
    return found;
  });
  for (const host of settings.nfsHosts) {
    checks.push({ kind: 'nfs', port: settings.ports.nfs, ...aboutOf(host, host)('nfs') });
  }
  return checks.filter(({ kind }) => isWanted(kind));
}

function aboutOf(hostname: string, address: string) {
  return (kind: CheckKind) => ({ id: `${kind}/${hostname}`, title: titleTexts[kind], hostname, address });
}

/**
 * By the same functional group, else by the same role and architecture if one of the two names carries an OS release.
 * The kernel's command line contains the address of its root file system, which is in the folder that names the image
 * (omnia.md sections 5 and 7.2).
 */
function expectedImage(functionalGroup: string, { imageGroup, images }: ExpectedImages): ExpectedImage {
  const wanted = groupIdentity(functionalGroup);
  const image =
    images.find(({ role }) => role === functionalGroup) ??
    images.find(({ role }) => {
      const offered = groupIdentity(role);
      return wanted !== undefined && offered?.role === wanted.role && offered.architecture === wanted.architecture;
    });
  if (image === undefined) {
    if (imageGroup === '') return { kind: 'not-said' };
    // Nobody listed the images: the folder is the one of a build.
    const built = { kind: 'named', names: [folderNameOf(functionalGroup, imageGroup), imageGroup] } as const;
    return images.length === 0 ? built : { kind: 'no-image', role: functionalGroup };
  }
  const { role, name, boot } = image;
  const only = imageFolderOf(name, imageGroup);
  const known = [only?.folder, boot?.rootfs].filter((one) => one !== undefined);
  const [first, ...others] = known;
  if (first !== undefined) return { kind: 'named', names: [first, ...others] };
  const folders = imageFolders(name).map(({ folder }) => folder);
  return folders.length === 0 ? { kind: 'no-image', role } : { kind: 'several', names: folders, role, imageGroup };
}
