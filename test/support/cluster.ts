/** A small cluster that Omnia 2.2 accepts. */
export const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP';

const controlPlane =
  'service_kube_control_plane_x86_64,grp0,CPLANE1,,kcp1,04:00:00:00:01:01,10.5.0.11,04:00:00:00:02:01,10.6.0.11';
const worker = 'service_kube_node_x86_64,grp1,KNODE01,,kn1,04:00:00:00:01:02,10.5.0.12,04:00:00:00:02:02,10.6.0.12';
const slurmControl =
  'slurm_control_node_x86_64,grp2,SLCTL01,,slurm1,04:00:00:00:01:03,10.5.0.13,04:00:00:00:02:03,10.6.0.13';
export const node1 =
  'slurm_node_x86_64,grp3,COMP001,KNODE01,cn-001,04:00:00:00:01:04,10.5.0.14,04:00:00:00:02:04,10.6.0.14';
export const node2 =
  'slurm_node_x86_64,grp3,COMP002,KNODE01,cn-002,04:00:00:00:01:05,10.5.0.15,04:00:00:00:02:05,10.6.0.15';

const more = [2, 3].map((at) => {
  const n = String(at);
  return `service_kube_control_plane_x86_64,grp0,CPLANE${n},,kcp${n},04:00:00:00:01:1${n},10.5.0.2${n},04:00:00:00:02:1${n},10.6.0.2${n}`;
});
const login = 'login_node_x86_64,grp4,LOGIN01,,login1,04:00:00:00:01:14,10.5.0.24,04:00:00:00:02:14,10.6.0.24';

export const rows: readonly string[] = [controlPlane, worker, slurmControl, node1, node2];

/** With as many nodes of each kind as the documentation recommends: no rule has a finding. */
export const soundRows: readonly string[] = [...rows, ...more, login];

export function fileOf(...lines: readonly string[]): string {
  return [...lines, ''].join('\n');
}

export const cluster = fileOf(header, ...rows);

/** Roles of the cluster, each once. */
export const clusterRoles: readonly string[] = [...new Set(rows.map((row) => row.split(',')[0] ?? ''))];
export const soundCluster = fileOf(header, ...soundRows);

/** A file with many nodes and no errors. */
export function largeFile(count: number): string {
  const lines = [header, controlPlane, worker, slurmControl];
  for (let i = 0; i < count; i++) {
    const high = String(Math.floor(i / 65_536) + 20);
    const address = `${high}.${String(Math.floor(i / 256) % 256)}.${String(i % 256)}`;
    const mac = i.toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '';
    const tag = `T${String(i).padStart(6, '0')}`;
    const group = `SU${String.fromCharCode(65 + Math.floor(i / 10_000))}${String((Math.floor(i / 100) % 100) + 1)}`;
    lines.push(
      `slurm_node_x86_64,${group},${tag},KNODE01,cn-${String(i)},04:01:02:${mac},10.${address},04:03:04:${mac},11.${address}`,
    );
  }
  return fileOf(...lines);
}
