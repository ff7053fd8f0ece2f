/** What the keys of buildstream.yml mean, and what they take. */
export const aboutTexts = {
  omniaVersion: 'The Omnia version that mapping files are checked for.',
  rules: 'Severity by rule.',
  omniaShare: 'Where the share of the Omnia Infrastructure Manager is.',
  images: 'The file that lists the image groups.',
  imageUrls: 'Where kernel, initrd and root file system of an image are, when the list does not say it.',
  provision: 'Where a deploy from here writes the boot configuration.',
  concurrency: 'How many BMCs or nodes a stage works on at the same time.',
  stagger: 'A pause between batches of resets.',
  lasting: 'Whether PXE boot is set for the next boot only, or for every boot from then on.',
  boot: 'How a node boots from the network.',
  bootNic: 'Whether a node boots by the NIC with its ADMIN_MAC.',
  restart: 'Whether running nodes are force-restarted, or asked to shut down.',
  canary: 'How many nodes of a restart go first. The others follow only when these have reported.',
  inFlight: 'How many nodes may be between their restart and their report at a time. 0: no limit.',
  maxFailed: 'A restart stops when more nodes than these fail to boot.',
  maxUnreachable: 'A restart stops when the BMCs of more nodes than these cannot be used.',
  protectedNodes: 'Nodes that are treated like control nodes: a restart from here asks about them by themselves.',
  report: 'How a node tells that it has booted.',
  limits: 'Time limits of the steps of a restart and of the tests, in seconds.',
  ports: 'Ports of services on the nodes, where they differ from the usual ones.',
  nfsHosts: 'NFS servers that every node must reach.',
  hostsFile: 'A file in the format of /etc/hosts that the hostnames of the nodes are compared with.',
  resolver: 'The DNS server that the hostnames of the nodes are compared with.',
} as const;

export const expectedTexts = {
  choice: 'one of {choices}',
  flag: 'true or false',
  whole: 'a whole number from {from} to {to}',
  seconds: 'seconds, more than 0',
  list: 'a list of texts',
  text: 'a text',
  map: 'names with values: {names}',
  address: 'an address with these placeholders only: {names}',
  provision: 'files:FOLDER, or openchami: with an https address without user and password',
  stagger: 'NODES:SECONDS, such as 50:30',
  canary: 'auto, or a number of nodes',
  share: 'a number of nodes, or a percentage such as 5%',
  report: 'tcp:PORT, ssh, ssh:PORT or phone-home:ADDRESS:PORT',
  host: 'hostnames or addresses',
  dnsServer: 'the address of a DNS server, with or without a port',
} as const;

/** What is wrong with a buildstream.yml. */
export const siteProblemTexts = {
  notYaml: 'This is not valid YAML: {reason}',
  notKeys: 'Expected keys with values, such as "report: tcp:22".',
  unknownKey: 'Unknown key "{key}".',
  unknownNear: 'Unknown key "{key}". Did you mean "{near}"?',
  neverHere:
    '"{key}" can\'t be set here: certificates, secrets and programs are never read from a project. Use a setting or an option of your own.',
  twice: 'The key "{key}" is already set in line {line}.',
  expected: '"{key}" takes {expected}.',
  together: '"{key}" can\'t be set together with "{other}".',
  required: '"{key}" needs {names}.',
} as const;
