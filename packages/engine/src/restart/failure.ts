/**
 * Kinds of failure of a node (redfish.md section 7, item 2), each with Omnia's words for it (omnia.md section 3.4) and our
 * advice. Omnia knows fewer kinds; what it does not tell apart gets the same sentence, and our detail after a bar, as
 * Omnia itself adds its suffixes.
 */
export const failureKinds = [
  'bad-address',
  'unreachable',
  'tls',
  'unauthorized',
  'no-credentials',
  'not-ready',
  'busy',
  'contact-lost',
  'override-refused',
  'override-ignored',
  'reset-refused',
  'reset-unconfirmed',
  'power-not-reached',
  'no-report',
  'unexpected',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export function isFailureKind(text: string): text is FailureKind {
  return (failureKinds as readonly string[]).includes(text);
}

interface FailureText {
  /** `{bmcIp}` and `{power}` are filled in. */
  readonly message: string;
  readonly advice: string;
}

const notReady = 'Failed. iDRAC is not ready. Retry again after iDRAC is ready';
const contactLost = 'iDRAC is unreachable. pxe boot might be set. Please check the host reboot status manually';
const pxeFailed =
  'OS booting using PXE failed. This could be due to outdated NIC firmware. Re-run set_pxe_boot.yml after fixing the issue';
const powerFailed = 'Power operation failed on {bmcIp}. Failed to restart server.';
const noReport = 'PXE Boot: OK | Power: {power} | Phone-home failed: cloud-init did not complete';

const texts: Readonly<Record<FailureKind, FailureText>> = {
  'bad-address': { message: notReady, advice: 'Correct BMC_IP in the mapping file.' },
  unreachable: { message: notReady, advice: 'Check the address, the cable and the network of the BMC.' },
  tls: {
    message: notReady,
    advice: 'Compare the fingerprint with the one the BMC shows, then pin it, or give the authority that signed it.',
  },
  unauthorized: {
    message: notReady,
    advice: 'Correct user and password. The BMC was asked once only, because it locks out after a few attempts.',
  },
  'no-credentials': { message: notReady, advice: 'Give credentials for this address.' },
  'not-ready': {
    message: notReady,
    advice: 'Wait until the iDRAC is ready, clear the job queue of the Lifecycle Controller, then retry.',
  },
  busy: { message: notReady, advice: 'Wait for the running job of the iDRAC, or clear its job queue, then retry.' },
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
    advice: 'Check the power state, the licence of the iDRAC and that it is not in lock-down mode.',
  },
  'reset-unconfirmed': {
    message: contactLost,
    advice: 'Nobody knows whether the reset was carried out. Look at the console before you retry.',
  },
  'power-not-reached': { message: powerFailed, advice: 'Look at the power supplies and at the log of the iDRAC.' },
  'no-report': {
    message: noReport,
    advice: 'Look at the console: image, DHCP, admin network, cloud-init. If the node booted, mark it success.',
  },
  unexpected: { message: 'No status available', advice: 'Look at the log.' },
};

/** How the power was changed, in Omnia's words. */
export type PowerWord = 'Restart OK' | 'On OK';

/** Message as Omnia words it, with what we know of the cause after a bar. */
export function failureMessage(
  kind: FailureKind,
  { bmcIp, power, detail }: { readonly bmcIp: string; readonly power: PowerWord; readonly detail: string },
): string {
  const message = texts[kind].message.replace('{bmcIp}', bmcIp).replace('{power}', power);
  return detail === '' ? message : `${message} | ${detail}`;
}

export function adviceFor(kind: FailureKind): string {
  return texts[kind].advice;
}

export function successMessage(power: PowerWord): string {
  return `PXE Boot: OK | Power: ${power}`;
}
