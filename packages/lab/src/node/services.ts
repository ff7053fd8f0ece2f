/** Services of a lab node that listen on a TCP port. */
export type LabService = 'ssh' | 'slurmctld' | 'slurmd' | 'kubelet' | 'kube-api';

/** Their usual ports. SSH's own port belongs to the machine that simulates the nodes. */
export const usualPorts: Readonly<Record<LabService, number>> = {
  ssh: 8022,
  slurmctld: 6817,
  slurmd: 6818,
  kubelet: 10250,
  'kube-api': 6443,
};

/** Ports of services; those without a port do not listen. */
export type LabPorts = Readonly<Partial<Record<LabService, number>>>;
