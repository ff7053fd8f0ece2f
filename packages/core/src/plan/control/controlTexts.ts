/** The question about control nodes and protected nodes, which is asked separately. */
export const controlTexts = {
  'slurm-controller': 'Slurm controller',
  'control-plane': 'Kubernetes control plane',
  login: 'login node',
  protected: 'protected',
  among: 'Control nodes and protected nodes among these ({count}): {nodes}. You confirm them separately.',
  named: '{node} ({bmcIp}): {kind}',
  consequence:
    'Reprovisioning a Slurm controller or Kubernetes control plane can require reprovisioning the whole cluster. While it is down, no job or pod can start.',
  sessions: 'All users who are logged in to a login node lose their sessions.',
  oneByOne:
    'These nodes are restarted one after another, each after the previous one has reported. If one of them does not boot, no further node is restarted.',
  noQuorum:
    'Kubernetes control plane nodes in the mapping file: {count}. With fewer than three, the control plane is down while one of them restarts.',
  /** Of Omnia's own backends. */
  omnia:
    'Control nodes among these ({count}): {nodes}. Reprovisioning them can require reprovisioning the whole cluster. Omnia restarts them without regard to quorum.',
  omniaLogin: 'Login nodes among these ({count}): {nodes}. All users who are logged in there lose their sessions.',
} as const;
