/** What the tests of nodes ask for, as `--port` and the setting of the ports name it. */
export const serviceNames = ['ssh', 'slurmctld', 'slurmd', 'kube-api', 'kubelet', 'nfs'] as const;
export type ServiceName = (typeof serviceNames)[number];
