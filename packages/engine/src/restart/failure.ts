import { causeWords, engineCauseTexts, type EngineCause } from '@omnia-buildstream/core/failedNodes/engineCauses';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';

/** Omnia's sentence, `{bmcIp}` and `{power}` filled in, and either a cause that has words of its own, or our advice. */
type FailureText = { readonly message: string } & ({ readonly cause: EngineCause } | { readonly advice: string });

const notReady = 'Failed. iDRAC is not ready. Retry again after iDRAC is ready';
const contactLost = 'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually';
const pxeFailed =
  'OS booting using PXE failed. This could be due to outdated NIC firmware. Re-run set_pxe_boot.yml after fixing the issue';
const powerFailed = 'Power operation failed on {bmcIp}. Failed to restart server.';
const noReport = 'PXE Boot: OK | Power: {power} | Phone-home failed: cloud-init did not complete';

const texts: Readonly<Record<FailureKind, FailureText>> = {
  'bad-address': { message: notReady, cause: 'bad-address' },
  unreachable: { message: notReady, cause: 'bmc-unreachable' },
  tls: { message: notReady, cause: 'certificate' },
  'tls-too-old': { message: notReady, cause: 'tls-too-old' },
  'no-tls': { message: notReady, cause: 'no-tls' },
  'not-redfish': { message: notReady, cause: 'not-redfish' },
  unauthorized: { message: notReady, cause: 'login-refused' },
  'no-credentials': { message: notReady, cause: 'no-credentials' },
  'password-change': { message: notReady, cause: 'password-change' },
  licence: { message: powerFailed, cause: 'licence' },
  'lock-down': { message: powerFailed, cause: 'lock-down' },
  privilege: { message: powerFailed, cause: 'privilege' },
  'not-ready': {
    message: notReady,
    advice: 'Wait until the iDRAC is ready, clear the job queue of the Lifecycle Controller, then retry.',
  },
  busy: { message: notReady, cause: 'busy' },
  'in-post': { message: notReady, cause: 'in-post' },
  'lifecycle-in-use': { message: notReady, cause: 'lifecycle-in-use' },
  'several-systems': { message: powerFailed, cause: 'several-systems' },
  'wrong-machine': { message: powerFailed, cause: 'wrong-machine' },
  'identity-unknown': { message: powerFailed, cause: 'identity-unknown' },
  'not-gentle': { message: powerFailed, cause: 'not-gentle' },
  'not-shut-down': { message: powerFailed, cause: 'not-shut-down' },
  'contact-lost': { message: contactLost, advice: 'Look at the console. If the node booted, mark it success.' },
  'override-refused': {
    message: pxeFailed,
    advice: 'Check the NIC firmware, that PXE is enabled on the right NIC, and that the system boots in UEFI mode.',
  },
  'override-ignored': {
    message: pxeFailed,
    advice: 'The BMC took the setting and does not show it. Check its firmware and pending configuration jobs.',
  },
  'reset-refused': {
    message: powerFailed,
    advice: 'Check the power state, and what the BMC says in its log.',
  },
  'reset-unconfirmed': {
    message: contactLost,
    advice: 'It is unknown whether the reset was carried out. Check the console before you retry.',
  },
  'power-not-reached': { message: powerFailed, advice: 'Look at the power supplies and at the log of the iDRAC.' },
  'no-report': {
    message: noReport,
    advice: 'Look at the console: image, DHCP, admin network, cloud-init. If the node booted, mark it success.',
  },
  'ssh-unreachable': { message: noReport, cause: 'ssh-unreachable' },
  'ssh-refused': { message: noReport, cause: 'ssh-refused' },
  'old-boot': { message: noReport, cause: 'old-boot' },
  'cloud-init-unfinished': { message: noReport, cause: 'cloud-init-unfinished' },
  'cloud-init-failed': { message: noReport, cause: 'cloud-init-failed' },
  unexpected: { message: 'No status available', advice: 'Look at the log.' },
};

/** How the power was changed, in Omnia's words. */
export type PowerWord = 'Restart OK' | 'On OK';

/** Message as Omnia words it, with what we know of the cause after a bar. */
export function failureMessage(
  kind: FailureKind,
  { bmcIp, power, detail }: { readonly bmcIp: string; readonly power: PowerWord; readonly detail: string },
): string {
  const text = texts[kind];
  const message = text.message.replace('{bmcIp}', bmcIp).replace('{power}', power);
  const ours = 'cause' in text ? causeWords(text.cause, detail) : detail;
  return ours === '' ? message : `${message} | ${ours}`;
}

export function adviceFor(kind: FailureKind): string {
  const text = texts[kind];
  return 'cause' in text ? engineCauseTexts[text.cause].advice : text.advice;
}

export function successMessage(power: PowerWord): string {
  return `PXE Boot: OK | Power: ${power}`;
}
