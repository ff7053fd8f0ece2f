import type { CheckKind } from './check.ts';

/** What each check asks, as the title of a test. */
export const titleTexts = {
  name: 'the hostname resolves to ADMIN_IP',
  ssh: 'SSH responds',
  slurmctld: 'the Slurm controller responds',
  slurmd: 'slurmd responds',
  'kube-api': 'the Kubernetes API is up',
  kubelet: 'kubelet responds',
  nfs: 'NFS responds',
  clock: 'the clock is right',
  image: 'the right image is running',
} as const satisfies Record<CheckKind, string>;

/** What the checks find. */
export const findingTexts = {
  ended: 'not tested: the stage ended before',
  noLogin: 'no user logs in to the nodes',
  badAddress: '"{address}" is not a valid address',
  badHostname: '"{hostname}" is not a valid hostname',
  noNames: 'no name server can be asked for {hostname}: {why}',
  unknownName: '{hostname} is unknown',
  nameIs: '{hostname} is {address}',
  otherName: '{hostname} is {found}, but ADMIN_IP is {address}',
  port: 'port {port} of {address}: {fault}',
  responds: 'port {port} of {address} responds',
  apiSays: '{url} returns {status}',
  apiFault: '{url}: {why}',
  noDate: 'date printed "{text}"',
  clockDiffers: 'the clock differs by at least {skew}; {limit} are allowed',
  clockAhead: 'the clock is {skew} ahead',
  clockBehind: 'the clock is {skew} behind',
  imageNotSaid: 'the right image is unknown',
  noImage: 'the image group has no image for {role}',
  severalImages:
    '{path} names {named}; the API names several images for {role}, and none of them is named {imageGroup}',
  imageIs: '{path} names {named}',
  or: '{one} or {other}',
  otherImage: '{path} does not name {expected}: {found}',
  cannotLogIn: 'cannot log in as "{user}" at "{host}"',
  noSsh: 'the ssh program is missing',
  hostKeyUnknown: 'the host key of {host} is not in known_hosts',
  hostKeyChanged: 'the host key of {host} differs from the one in known_hosts',
  loginRefused: '{host} refuses {user}: {why}',
  noSession: 'no session with {host}: {why}',
} as const;

/** Why a connection does not come about, by error code. */
export const connectTexts = {
  ECONNREFUSED: 'the connection is refused',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ETIMEDOUT: 'no response',
  ENOTFOUND: 'the name is unknown',
  EAI_AGAIN: 'no name server responds',
} as const;

/** What to do about what the checks find. */
export const checkAdviceTexts = {
  again: 'Run the stage again.',
  log: 'Check the log.',
  isUp: 'Check that the node is up, and that no firewall blocks the way.',
  key: 'Name a key: --ssh-key, in the editor buildstream.engine.ssh.',
  adminIp: 'Correct ADMIN_IP in the mapping file.',
  adminIpOrUser: 'Correct ADMIN_IP in the mapping file, and the user that logs in.',
  hostname: 'Correct HOSTNAME in the mapping file.',
  nameServer: 'Check the name server, or name another one.',
  hosts: 'Check the hosts entries or the DNS that the deploy stage writes.',
  oldName: 'Remove the old entry, or correct ADMIN_IP in the mapping file and deploy again.',
  ssh: 'Check the console: the node may not have booted, may lack its admin address, or sshd may not be running.',
  slurmctld: 'Check `systemctl status slurmctld` and its log on the node, and the firewall.',
  slurmd:
    'Check `systemctl status slurmd` and `cloud-init status` on the node, and whether it finds the controller. A node that `sinfo` shows as INVAL: check the iDRAC credentials and sub-NUMA; one that is DOWN afterwards has to be resumed.',
  kubelet:
    'Check `systemctl status kubelet` on the node. A control plane that does not join: its join key is valid for two hours; create a new one, then reboot the node.',
  'kube-api': 'Check `kubectl get --raw /readyz?verbose` and the log of kube-apiserver.',
  authority: "Provide the cluster's authority (/etc/kubernetes/pki/ca.crt), or compare the fingerprint and pin it.",
  nfs: 'Check `systemctl status nfs-server` on the host, and the firewall.',
  date: 'Log in and check the date.',
  chrony: 'Check `chronyc tracking` on the node. Slurm and Kubernetes refuse nodes whose clock is wrong.',
  imageGroup: 'Name the image group: --image.',
  build: 'Check the build: its folder in S3 is missing.',
  whichImage: 'Check which of them was built for this image group.',
  wrongImage:
    'The node may have booted from its disk or an older image. Check its PXE setting, ADMIN_MAC of its row, and build_status.yml on the management server; deploy again, then restart it.',
  installSsh: 'Install the OpenSSH client on this machine.',
  byHand: 'Log in and run the command manually.',
  hostKey: 'Compare its host key with the one on the node, then add it to known_hosts.',
  newHostKey:
    'After a boot of a new image the key may differ: compare it, remove the old one (ssh-keygen -R and the address), then add the new one to known_hosts.',
  userAndKey: 'Check the user and the key; the key must not have a passphrase.',
  consoleAndSsh: 'Check the console, and try ssh manually.',
} as const;
