import type { Lack } from '@omnia-buildstream/core/plan/planDeploy';
import type { BmcReason } from '../ports/bmc.ts';
import type { ImageFault } from '../ports/imageProbe.ts';

/** Something that must be put right before boot configuration is handed over. */
export type PreflightFinding =
  /** Of the mapping file, in words: only valid ones are deployed. */
  | { readonly check: 'mapping'; readonly text: string }
  | { readonly check: 'no-nodes' }
  | { readonly check: 'row'; readonly name: string; readonly line: number; readonly role: string; readonly lack: Lack }
  /** The image source does not tell how this image is booted. */
  | { readonly check: 'boot-files'; readonly image: string; readonly role: string }
  | { readonly check: 'image'; readonly url: string; readonly images: readonly string[]; readonly fault: ImageFault }
  | {
      readonly check: 'bmc';
      readonly hostname: string;
      readonly bmcIp: string;
      readonly reason: BmcReason | 'no-bmc-ip' | 'bad-address' | 'timeout';
      readonly detail: string;
    };

/** A finding in a sentence, with what to do. */
export function findingText(finding: PreflightFinding): string {
  switch (finding.check) {
    case 'mapping':
      return finding.text;
    case 'no-nodes':
      return 'The mapping file has no nodes. Add their rows.';
    case 'row': {
      const { name, line, role, lack } = finding;
      return `${name === '' ? 'A row' : name} (line ${String(line + 1)}): ${lackText(lack, role)}`;
    }
    case 'boot-files':
      if (finding.image === '') {
        return `${finding.role}: the image group names no image of this role, as its build left no folder in S3. Build it again, or choose another group.`;
      }
      return `Image ${finding.image} (${finding.role}): nothing says how it is booted. Add kernel and initrd to the list of images, or give their URLs as a pattern.`;
    case 'image': {
      const { url, images, fault } = finding;
      return `${url} (${images.join(', ')}): ${imageTexts[fault.reason]}${inBrackets(fault.detail)}`;
    }
    case 'bmc': {
      const { hostname, bmcIp, reason, detail } = finding;
      const text = bmcTexts[reason] ?? 'its BMC does not answer as Redfish says. Look at it';
      return `${hostname}${bmcIp === '' ? '' : ` (${bmcIp})`}: ${text}${inBrackets(detail)}`;
    }
  }
}

const imageTexts: Readonly<Record<ImageFault['reason'], string>> = {
  'bad-url': 'is not an http or https URL without user and password, so it cannot be checked. Correct it',
  unreachable: 'the server is not responding. Check the address, and that it is running',
  tls: 'the certificate is not trusted. Give the authority that signed it',
  missing: 'there is no such file. Was the image cleaned up? Choose another group or build it again',
  forbidden: 'the server does not give it out. Make the bucket readable for nodes',
  refused: 'the server refuses. Look at its log',
  timeout: 'no answer in time. Check the server',
};

const bmcTexts: Partial<Record<Extract<PreflightFinding, { check: 'bmc' }>['reason'], string>> = {
  'no-bmc-ip': 'the row has no BMC_IP, so the node cannot be restarted later. Add it',
  'bad-address': 'BMC_IP is not a valid IPv4 address. Correct it',
  unreachable: 'its BMC cannot be reached. Check the address, the cable and the network',
  timeout: 'its BMC does not answer in time. Check the network and the BMC',
  tls: 'the certificate of its BMC is not trusted. Compare the fingerprint, then pin it, or give the authority',
  'not-ready': 'its BMC is not ready. Wait and try again',
  busy: 'its BMC is busy. Wait and try again',
};

/** Why a row cannot be deployed. */
function lackText(lack: Lack, role: string): string {
  switch (lack.kind) {
    case 'no-architecture':
      return `its functional group ${role === '' ? 'is empty' : `${role} names no architecture`}. Correct FUNCTIONAL_GROUP_NAME.`;
    case 'no-image':
      return `the image group has no image for ${role}. Choose another group, or build one with it.`;
    case 'other-images':
      return `the image group has no image for ${role}, only for ${lack.roles.join(', ')}. Check architecture and OS release.`;
    case 'ambiguous':
      return `several images fit ${role}: ${lack.roles.join(', ')}. Write the OS release into FUNCTIONAL_GROUP_NAME.`;
    case 'no-hostname':
      return 'HOSTNAME is empty. Add it.';
    case 'no-admin-mac':
      return 'ADMIN_MAC is empty. Add the address of the network card it boots from.';
    case 'no-admin-ip':
      return 'ADMIN_IP is empty. Add it.';
    case 'bad-hostname':
    case 'bad-admin-mac':
    case 'bad-admin-ip':
      return `${columns[lack.kind]} is ${JSON.stringify(lack.value)}, which is none. Correct it.`;
    case 'shared-admin-mac':
    case 'shared-admin-ip':
    case 'shared-hostname':
      return `${columns[lack.kind]} is also that of ${lack.with.join(', ')}. Each node needs its own.`;
  }
}

const columns = {
  'bad-hostname': 'HOSTNAME',
  'bad-admin-mac': 'ADMIN_MAC',
  'bad-admin-ip': 'ADMIN_IP',
  'shared-admin-mac': 'ADMIN_MAC',
  'shared-admin-ip': 'ADMIN_IP',
  'shared-hostname': 'HOSTNAME',
} as const;

function inBrackets(detail: string): string {
  return detail === '' ? '.' : ` (${detail}).`;
}
