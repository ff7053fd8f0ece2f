import { phrase, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Lack } from '@omnia-buildstream/core/plan/planDeploy';
import type { BmcReason } from '../ports/bmc.ts';
import type { ImageFault } from '../ports/imageProbe.ts';
import { bmcFaultTexts, imageFaultTexts, lackTexts, preflightTexts as texts } from './deployTexts.ts';

/** Something that must be fixed before boot configuration is handed over. */
export type PreflightFinding =
  /** Of the mapping file, in words: only valid ones are deployed. */
  | { readonly check: 'mapping'; readonly text: Said }
  | { readonly check: 'no-nodes' }
  | { readonly check: 'row'; readonly name: string; readonly line: number; readonly role: string; readonly lack: Lack }
  /** The image source does not say how this image is booted. */
  | { readonly check: 'boot-files'; readonly image: string; readonly role: string }
  | { readonly check: 'image'; readonly url: string; readonly images: readonly string[]; readonly fault: ImageFault }
  | {
      readonly check: 'bmc';
      readonly hostname: string;
      readonly bmcIp: string;
      readonly reason: BmcReason | 'no-bmc-ip' | 'bad-address' | 'timeout';
      readonly detail: Said;
    };

/** A finding in a sentence, with what to do. */
export function findingText(finding: PreflightFinding): Said {
  switch (finding.check) {
    case 'mapping':
      return finding.text;
    case 'no-nodes':
      return phrase(texts.noNodes);
    case 'row': {
      const { name, role } = finding;
      const about = { line: finding.line + 1, lack: lackText(finding.lack, role) };
      return name === '' ? phrase(texts.namelessRow, about) : phrase(texts.row, { name, ...about });
    }
    case 'boot-files': {
      const { image, role } = finding;
      return image === '' ? phrase(texts.noImageOfRole, { role }) : phrase(texts.noBootFiles, { image, role });
    }
    case 'image': {
      const { url, images, fault } = finding;
      return phrase(texts.image, { url, images: images.join(', '), fault: detailed(fault) });
    }
    case 'bmc': {
      const { hostname, bmcIp } = finding;
      const node = bmcIp === '' ? hostname : phrase(texts.node, { hostname, bmcIp });
      return phrase(texts.bmc, { node, fault: bmcFault(finding) });
    }
  }
}

function detailed({ reason, detail }: ImageFault): Said {
  return withDetail(imageFaultTexts[reason], detail);
}

function bmcFault({ reason, detail }: Extract<PreflightFinding, { readonly check: 'bmc' }>): Said {
  return withDetail(isNamed(reason) ? bmcFaultTexts[reason] : bmcFaultTexts.other, detail);
}

function isNamed(reason: string): reason is keyof typeof bmcFaultTexts {
  return reason in bmcFaultTexts;
}

function withDetail(text: string, detail: Said): Said {
  const fault = phrase(text);
  return detail === '' ? phrase(texts.noDetails, { fault }) : phrase(texts.details, { fault, detail });
}

/** Why a row cannot be deployed. */
function lackText(lack: Lack, role: string): Said {
  switch (lack.kind) {
    case 'no-architecture':
      return role === '' ? phrase(lackTexts.emptyGroup) : phrase(lackTexts.noArchitecture, { role });
    case 'no-image':
      return phrase(lackTexts.noImage, { role });
    case 'other-images':
      return phrase(lackTexts.otherImages, { role, others: lack.roles.join(', ') });
    case 'ambiguous':
      return phrase(lackTexts.ambiguous, { role, others: lack.roles.join(', ') });
    case 'no-hostname':
      return phrase(lackTexts.noHostname);
    case 'no-admin-mac':
      return phrase(lackTexts.noAdminMac);
    case 'no-admin-ip':
      return phrase(lackTexts.noAdminIp);
    case 'bad-hostname':
    case 'bad-admin-mac':
    case 'bad-admin-ip':
      return phrase(lackTexts.badValue, { column: columns[lack.kind], value: JSON.stringify(lack.value) });
    case 'shared-admin-mac':
    case 'shared-admin-ip':
    case 'shared-hostname':
      return phrase(lackTexts.shared, { column: columns[lack.kind], others: lack.with.join(', ') });
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
