import { causeWords, engineCauseTexts, type EngineCause } from '@omnia-buildstream/core/failedNodes/engineCauses';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { together, type Said } from '@omnia-buildstream/core/text/phrase';

const notReady = 'Failed. iDRAC is not ready. Retry again after iDRAC is ready';
const contactLost = 'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually';
const pxeFailed =
  'OS booting using PXE failed. This could be due to outdated NIC firmware. Re-run set_pxe_boot.yml after fixing the issue';
const powerFailed = 'Power operation failed on {bmcIp}. Failed to restart server.';
const noReport = 'PXE Boot: OK | Power: {power} | Phone-home failed: cloud-init did not complete';
const noStatus = 'No status available';

/** Omnia's sentences; they are the same in every language, because people and other tools look for them. */
const omniaSays: Readonly<Record<FailureKind, string>> = {
  'bad-address': notReady,
  unreachable: notReady,
  tls: notReady,
  'tls-too-old': notReady,
  'no-tls': notReady,
  'not-redfish': notReady,
  unauthorized: notReady,
  'no-credentials': notReady,
  'password-change': notReady,
  licence: powerFailed,
  'lock-down': powerFailed,
  privilege: powerFailed,
  'not-ready': notReady,
  busy: notReady,
  'in-post': notReady,
  'lifecycle-in-use': notReady,
  'several-systems': powerFailed,
  'wrong-machine': powerFailed,
  'reset-since-plan': powerFailed,
  'identity-unknown': powerFailed,
  'not-gentle': powerFailed,
  'not-shut-down': powerFailed,
  'contact-lost': contactLost,
  'override-refused': pxeFailed,
  'override-ignored': pxeFailed,
  'reset-refused': powerFailed,
  'reset-unconfirmed': contactLost,
  'power-not-reached': powerFailed,
  'no-report': noReport,
  'ssh-unreachable': noReport,
  'ssh-refused': noReport,
  'old-boot': noReport,
  'cloud-init-unfinished': noReport,
  'cloud-init-failed': noReport,
  unexpected: noStatus,
};

/** What to do about failures that only have Omnia's sentence. */
const adviceTexts = {
  'not-ready': 'Wait until the iDRAC is ready, clear the job queue of the Lifecycle Controller, then retry.',
  'contact-lost': 'Check the console. If the node booted, mark it as booted.',
  'override-refused':
    'Check that PXE is enabled in the firmware on the right NIC, that the system boots in UEFI mode, the firmware of NIC and BMC, and the license of the BMC.',
  'override-ignored':
    'The BMC accepted the setting but does not show it. Check its firmware and pending configuration jobs.',
  'reset-refused': 'Check the power state and the log of the BMC.',
  'power-not-reached': 'Check the power supplies and the log of the BMC.',
  'no-report':
    'Check the console: image, admin network, cloud-init. PXE-E51: no DHCP server responds. PXE-E32: wrong boot NIC, or a second PXE server. When it waits for its network, an old machine may still have its address. If the node booted, mark it as booted.',
  unexpected: 'Check the log.',
} as const satisfies Partial<Record<FailureKind, string>>;

/** Every other failure has a cause with words of its own. */
const causes: Readonly<Record<Exclude<FailureKind, keyof typeof adviceTexts>, EngineCause>> = {
  'bad-address': 'bad-address',
  unreachable: 'bmc-unreachable',
  tls: 'certificate',
  'tls-too-old': 'tls-too-old',
  'no-tls': 'no-tls',
  'not-redfish': 'not-redfish',
  unauthorized: 'login-refused',
  'no-credentials': 'no-credentials',
  'password-change': 'password-change',
  licence: 'licence',
  'lock-down': 'lock-down',
  privilege: 'privilege',
  busy: 'busy',
  'in-post': 'in-post',
  'lifecycle-in-use': 'lifecycle-in-use',
  'several-systems': 'several-systems',
  'wrong-machine': 'wrong-machine',
  'reset-since-plan': 'reset-since-plan',
  'reset-unconfirmed': 'reset-unconfirmed',
  'identity-unknown': 'identity-unknown',
  'not-gentle': 'not-gentle',
  'not-shut-down': 'not-shut-down',
  'ssh-unreachable': 'ssh-unreachable',
  'ssh-refused': 'ssh-refused',
  'old-boot': 'old-boot',
  'cloud-init-unfinished': 'cloud-init-unfinished',
  'cloud-init-failed': 'cloud-init-failed',
};

/** How the power was changed, in Omnia's words. */
export type PowerWord = 'Restart OK' | 'On OK';

/** Message as Omnia words it, with what we know about the cause after a bar. */
export function failureMessage(
  kind: FailureKind,
  { bmcIp, power, detail }: { readonly bmcIp: string; readonly power: PowerWord; readonly detail: Said },
): Said {
  const sentence = omniaSays[kind].replace('{bmcIp}', bmcIp).replace('{power}', power);
  return together([sentence, causeOf(kind, detail)], ' | ');
}

/** What follows the bar: the cause in words, if the failure has one of its own, and the detail. */
export function causeOf(kind: FailureKind, detail: Said): Said {
  return hasAdvice(kind) ? detail : causeWords(causes[kind], detail);
}

export function adviceFor(kind: FailureKind): string {
  return hasAdvice(kind) ? adviceTexts[kind] : engineCauseTexts[causes[kind]].advice;
}

function hasAdvice(kind: FailureKind): kind is keyof typeof adviceTexts {
  return kind in adviceTexts;
}

export function successMessage(power: PowerWord): string {
  return `PXE Boot: OK | Power: ${power}`;
}
