export const filesTexts = {
  name: 'Files in {folder}',
  /** What the folder of boot configuration lacks, shown to the user before they agree. */
  noProgram:
    '{folder} does not contain {program}, the boot program for UEFI firmware. Copy it there, unless another TFTP server provides one. Nodes that need it: {count}',
  notOurs: '{file} was not made by this command, so it is not overwritten',
  notWritable: '{folder} cannot be written',
  notJson: '{file} is not JSON',
  noNodes: '{file} has no list "nodes"',
  strangeScript: '{file}: node {number} does not name a script of this command',
  twice: '{hostname}: {mac} occurs twice',
  badValue: '{hostname}: {value} cannot be written as {kind}',
} as const;

/** Kinds of values that are written for a node. */
export const valueTexts = {
  hostname: 'a hostname',
  mac: 'a MAC address',
  ip: 'an address',
  role: 'a role',
  image: 'the name of an image',
  url: 'a URL',
  kernelParams: 'kernel parameters',
} as const;
