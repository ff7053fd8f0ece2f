import type { BootNode, BootRequest } from '@omnia-buildstream/engine/ports/bootProvisioner';

export function bootNode(index: number, changes: Partial<BootNode> = {}): BootNode {
  const base = 'http://10.5.0.1:9000/boot-images/slurm_node_x86_64';
  return {
    hostname: `cn-${String(index)}`,
    mac: `04:00:00:00:01:${index.toString(16).padStart(2, '0')}`,
    ip: `10.5.0.${String(index)}`,
    role: 'slurm_node_x86_64',
    image: 'rhel10-slurm',
    boot: { kernel: `${base}/vmlinuz`, initrd: `${base}/initrd`, rootfs: `${base}/rootfs`, params: 'console=ttyS0' },
    ...changes,
  };
}

export function requestFor(...nodes: readonly BootNode[]): BootRequest {
  return { imageGroup: 'G', jobId: 'J', nodes };
}
