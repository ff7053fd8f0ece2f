/** Why it is not known what runs on a node, where Kubernetes is asked. */
export const kubeTexts = {
  notListed: 'Kubernetes does not list them',
  severalNodes: 'Kubernetes has several nodes of this name',
  noKubectl: 'The kubectl program is missing on this computer',
  noAnswer: 'kubectl failed: {why}',
  unreadable: 'What kubectl printed cannot be read: the line "{line}"',
  cut: 'What kubectl printed is too long to be read',
} as const;
