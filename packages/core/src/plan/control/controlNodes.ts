import type { Target } from '../targets.ts';

/**
 * Why a node is not restarted like any other: by its role, or because somebody protects it. Reprovisioning a Slurm
 * controller or Kubernetes control plane can make it necessary to reprovision the whole cluster (omnia.md section 4.3).
 */
export type ControlKind = 'slurm-controller' | 'control-plane' | 'login' | 'protected';

const byRole: readonly (readonly [beginning: string, kind: ControlKind])[] = [
  ['slurm_control_node_', 'slurm-controller'],
  ['service_kube_control_plane_', 'control-plane'],
  ['login_node_', 'login'],
  ['login_compiler_node_', 'login'],
];

type Named = Pick<Target, 'functionalGroup' | 'hostname' | 'serviceTag' | 'bmcIp'>;

/**
 * @param patterns hostnames, service tags or BMC_IPs in any case; `*` stands for any text
 * @returns undefined for a node like any other
 */
export function controlKindOf(target: Named, patterns: readonly string[]): ControlKind | undefined {
  const role = byRole.find(([beginning]) => target.functionalGroup.startsWith(beginning));
  if (role !== undefined) return role[1];
  const names = [target.hostname, target.serviceTag, target.bmcIp].filter((name) => name !== '');
  return patterns.some((pattern) => names.some((name) => matches(pattern, name))) ? 'protected' : undefined;
}

function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.trim().toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
