/** The question about control nodes and protected nodes, which is asked by itself. */
export const controlTexts = {
  'slurm-controller': 'Slurm controller',
  'control-plane': 'Kubernetes control plane',
  login: 'login node',
  protected: 'protected',
  among: '{count} of these nodes are control nodes or protected: {nodes}. They are asked about separately.',
  named: '{node} ({bmcIp}): {kind}',
  consequence:
    'A Slurm controller or Kubernetes control plane that is provisioned anew can require that the whole cluster is provisioned anew. While it is down, no job or pod can be started.',
  sessions: 'Everybody who is logged in to a login node loses the session.',
  oneByOne:
    'These nodes are restarted one after another, each when the one before has reported. When one of them does not boot, no further node is restarted.',
  noQuorum:
    'The mapping file has {count} nodes of the Kubernetes control plane: with fewer than three it is down while one of them restarts.',
  /** Of Omnia's own backends. */
  omnia:
    '{count} of these nodes are control nodes: {nodes}. Provisioned anew, they can require that the whole cluster is provisioned anew. Omnia restarts them together with the others, without regard to a quorum.',
  omniaLogin: '{count} of these nodes are login nodes: {nodes}. Everybody who is logged in there loses the session.',
} as const;
