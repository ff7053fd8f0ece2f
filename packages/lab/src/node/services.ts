/** Services of a lab node that listen at a TCP port. */
export type LabService = 'ssh' | 'slurmctld' | 'slurmd' | 'kubelet' | 'kube-api';

/** Their usual ports. SSH's own port belongs to the machine that plays them. */
export const usualPorts: Readonly<Record<LabService, number>> = {
  ssh: 8022,
  slurmctld: 6817,
  slurmd: 6818,
  kubelet: 10250,
  'kube-api': 6443,
};

/** Where services listen; those without a port do not. */
export type LabPorts = Readonly<Partial<Record<LabService, number>>>;
