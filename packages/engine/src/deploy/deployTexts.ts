import type { ImageFault } from '../ports/imageProbe.ts';
import type { BootChange, ProvisionReason } from '../ports/bootProvisioner.ts';

/** What has to be fixed before boot configuration is handed over. */
export const preflightTexts = {
  noNodes: 'The mapping file has no nodes. Add their rows.',
  row: '{name} (line {line}): {lack}',
  namelessRow: 'A row (line {line}): {lack}',
  noImageOfRole:
    '{role}: the image group names no image for this role, because its build left no folder in S3. Build it again, or select another group.',
  noBootFiles:
    'Image {image} ({role}): no kernel and initrd are known. Add them to the list of images, or provide their URLs as a pattern.',
  image: '{url} ({images}): {fault}',
  bmc: '{node}: {fault}',
  node: '{hostname} ({bmcIp})',
  details: '{fault} ({detail}).',
  noDetails: '{fault}.',
} as const;

export const imageFaultTexts = {
  'bad-url': 'is not an http or https URL without user and password, so it cannot be checked. Correct it',
  unreachable: 'the server is not responding. Check the address, and that it is running',
  tls: 'the certificate is not trusted. Provide the authority that signed it',
  missing: 'the file does not exist. The image may have been cleaned up: select another group, or build it again',
  forbidden: 'the server denies access. Make the bucket readable for nodes',
  refused: 'the server refuses. Check its log',
  timeout: 'no response in time. Check the server',
} as const satisfies Record<ImageFault['reason'], string>;

export const bmcFaultTexts = {
  'no-bmc-ip': 'the row has no BMC_IP, so the node cannot be restarted later. Add it',
  'bad-address': 'BMC_IP is not a valid IP address. Correct it',
  unreachable: 'its BMC cannot be reached. Check the address, the cable, and the network',
  timeout: 'its BMC does not respond in time. Check the network and the BMC',
  tls: 'the certificate of its BMC is not trusted. Compare the fingerprint, then pin it, or provide the authority',
  'not-ready': 'its BMC is not ready. Wait, then try again',
  busy: 'its BMC is busy. Wait, then try again',
  other: 'its BMC does not respond as Redfish requires. Check it',
} as const;

/** Why a row cannot be deployed. */
export const lackTexts = {
  emptyGroup: 'its functional group is empty. Correct FUNCTIONAL_GROUP_NAME.',
  noArchitecture: 'its functional group {role} names no architecture. Correct FUNCTIONAL_GROUP_NAME.',
  noImage: 'the image group has no image for {role}. Select another group, or build one with it.',
  otherImages: 'the image group has no image for {role}, only for {others}. Check architecture and OS release.',
  ambiguous: 'several images fit {role}: {others}. Add the OS release to FUNCTIONAL_GROUP_NAME.',
  noHostname: 'HOSTNAME is empty. Add it.',
  noAdminMac: 'ADMIN_MAC is empty. Add the address of the network card that it boots from.',
  noAdminIp: 'ADMIN_IP is empty. Add it.',
  badValue: '{column} is not valid: {value}. Correct it.',
  shared: '{column} is also that of {others}. Each node needs its own.',
} as const;

export const deployTexts = {
  noBmcCheck: 'As selected, no BMC is checked.',
  someBmcsChecked: 'As selected, only these BMCs are checked: {nodes}.',
  gaveUp: '{target}: {why}',
} as const;

export const changeTexts = {
  created: 'Boot configuration created: {image}',
  updated: 'Boot configuration changed: {image}',
  unchanged: 'Boot configuration unchanged: {image}',
} as const satisfies Record<BootChange, string>;

/** What to do when boot configuration could not be handed over. */
export const provisionAdviceTexts = {
  unreachable: 'Check the address, and that the service is running. The same command resumes where this run ended.',
  tls: 'Compare the fingerprint with the one that the server shows, then pin it, or provide the authority that signed it.',
  unauthorized: 'Provide a valid token that has write access, then run it again.',
  refused: 'Check the log of the service.',
  conflict: 'If the conflicting entry is outdated, remove it, then run it again.',
  protocol: 'Check the version of the service, and proxies in between. Then run it again.',
  'bad-input': 'Correct the value in the mapping file or in the list of images.',
  locked: 'Wait for the other run to end.',
  'read-only': 'Make the folder writable, or select another one.',
  'disk-full': 'Free up disk space, then run it again. The files from before are intact.',
  'not-ours': 'Remove what is in the way, or select another folder.',
  unreadable: 'Repair or remove the file, then run it again.',
  io: 'Check the disk and its log.',
} as const satisfies Record<ProvisionReason, string>;
