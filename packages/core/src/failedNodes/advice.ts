import type { Template } from '../text/message.ts';
import { engineCauseIn, engineCauseTexts, type EngineCause } from './engineCauses.ts';

/**
 * Why a node failed, according to the message: what our engine says after the bar, else Omnia's sentence, and in 2.3
 * its `failure_stage` and `verification_state`.
 */
export type FailureCause = OmniaCause | EngineCause;

type OmniaCause =
  | 'not-ready'
  | 'unreachable'
  | 'pxe-refused'
  | 'power'
  | 'skipped'
  | 'no-status'
  | 'bmc-login'
  | 'phone-home'
  | 'registration'
  | 'pxe-boot'
  | 'node-unreachable'
  | 'stale-boot'
  | 'cloud-init-pending'
  | 'cloud-init-error'
  | 'unknown';

/** A cause as people read it. */
export interface FailureAdvice {
  readonly cause: FailureCause;
  readonly title: Template;
  readonly advice: Template;
  /** A node that came up nevertheless may be marked as successful. */
  readonly mayBeUp: boolean;
}

const patterns: readonly (readonly [Pick<RegExp, 'test'>, OmniaCause])[] = [
  [/(?:bmc|idrac) (?:credentials?|user ?name|password)/i, 'bmc-login'],
  [/phone-?home/i, 'phone-home'],
  [/node-?registration/i, 'registration'],
  [/unreachable/i, 'unreachable'],
  [/not ready/i, 'not-ready'],
  [/power (?:operation|cycle|action)|not restarted/i, 'power'],
  [/boot(?:ing)? (?:by|via|with|through|using) pxe|firmware/i, 'pxe-refused'],
  [{ test: isPxeFailure }, 'pxe-refused'],
  [/skipped by build ?stream/i, 'skipped'],
  [/no status/i, 'no-status'],
];

/** "PXE", and later in the line what became of it. */
function isPxeFailure(message: string): boolean {
  return message.split('\n').some((line) => {
    const at = line.search(/pxe/i);
    return at !== -1 && /failed|refused|not supported/i.test(line.slice(at));
  });
}

/** Messages and causes of Omnia's role idrac_pxe_boot and its reports (Omnia 2.2 and 2.3). */
const advices: Readonly<Record<OmniaCause, Omit<FailureAdvice, 'cause'>>> = {
  'not-ready': {
    title: 'iDRAC is not ready',
    advice:
      'Wait until the Lifecycle Controller is ready, clear its job queue, check credentials and network; then retry.',
    mayBeUp: false,
  },
  unreachable: {
    title: 'iDRAC lost while setting the boot source',
    advice:
      'PXE boot may have been set. Check the node: if it booted, mark it as booted; otherwise repair the BMC network and retry.',
    mayBeUp: true,
  },
  'pxe-refused': {
    title: 'PXE boot refused',
    advice:
      'Check that PXE is enabled in the firmware on the right NIC, that the node boots in UEFI mode, the firmware of NIC and iDRAC, and the iDRAC license.',
    mayBeUp: false,
  },
  power: {
    title: 'The server was not restarted',
    advice: 'Check the power state, the iDRAC license and lock-down mode; then retry or restart the node by hand.',
    mayBeUp: false,
  },
  skipped: { title: 'Skipped: already booted or not new', advice: 'Nothing to do.', mayBeUp: true },
  'no-status': { title: 'No result', advice: 'Check the log of the restart job for this node.', mayBeUp: true },
  'bmc-login': {
    title: 'Omnia has no credentials for the BMC',
    advice: 'On the management server enter the user and password of the BMCs with credentials, then run prepare.',
    mayBeUp: false,
  },
  'phone-home': {
    title: 'Booted, but cloud-init did not report',
    advice:
      'Check the console of the node. PXE-E51: no DHCP server responds (coresmd-coredhcp, relay, a foreign DHCP server). PXE-E32: wrong boot NIC, or a second PXE server. When it waits for its network, an old machine may still have its address. Otherwise check the image and the admin network.',
    mayBeUp: true,
  },
  registration: {
    title: 'Booted, but not Ready in the state database',
    advice: 'Check the admin MAC and IP of the row, DHCP, and the boot parameters in BSS.',
    mayBeUp: true,
  },
  'pxe-boot': {
    title: 'PXE boot failed',
    advice:
      'Check that PXE is on in the firmware, the iDRAC firmware and its license, and the BMC network; then retry.',
    mayBeUp: false,
  },
  'node-unreachable': {
    title: 'Restarted, but not reachable by SSH',
    advice:
      'Check the console for a POST error or an F1 prompt, TCP port 22 on the admin network, and the SSH key of root.',
    mayBeUp: true,
  },
  'stale-boot': {
    title: 'The server did not restart',
    advice:
      'It is still running the system from before. Check its power state and the job queue of the iDRAC, then retry.',
    mayBeUp: false,
  },
  'cloud-init-pending': {
    title: 'Booted, cloud-init is not done',
    advice:
      'Wait for it: "cloud-init status" on the node. If nodes need longer, raise node_registration_retries in set_pxe_boot_config.yml.',
    mayBeUp: true,
  },
  'cloud-init-error': {
    title: 'Booted, but cloud-init failed',
    advice:
      'Check "cloud-init status --long" and its output log on the node, the NFS share, and the Pulp certificate. Never run "cloud-init clean".',
    mayBeUp: true,
  },
  unknown: { title: 'Failed', advice: 'Check the log of the restart job for this node.', mayBeUp: false },
};

export const failureCauses: readonly FailureCause[] = [
  ...(Object.keys(advices) as readonly OmniaCause[]),
  ...(Object.keys(engineCauseTexts) as readonly EngineCause[]),
];

/** How far 2.3 saw a node come (omnia.md section 3.4). */
const states: ReadonlyMap<string, OmniaCause> = new Map([
  ['unreachable', 'node-unreachable'],
  ['stale_boot', 'stale-boot'],
  ['cloud_init_pending', 'cloud-init-pending'],
  ['cloud_init_error', 'cloud-init-error'],
]);

const stages: ReadonlyMap<string, OmniaCause> = new Map([
  ['pxe_boot', 'pxe-boot'],
  ['node_registration', 'registration'],
  ['phone_home', 'phone-home'],
]);

/** What Omnia says of a failure. */
export interface FailureFacts {
  readonly message: string;
  /** 2.3 only. */
  readonly failureStage?: string | undefined;
  readonly verificationState?: string | undefined;
}

/**
 * Finds the cause: our engine's first, 2.3's state, then the words, then 2.3's stage; `unknown` when we recognize none
 * of them.
 */
export function adviceFor({ message, failureStage = '', verificationState = '' }: FailureFacts): FailureAdvice {
  const exact = engineCauseIn(message);
  if (exact !== undefined) return { cause: exact, mayBeUp: false, ...engineCauseTexts[exact] };
  const said = patterns.find(([pattern]) => pattern.test(message))?.[1];
  const cause = states.get(verificationState) ?? said ?? stages.get(failureStage) ?? 'unknown';
  return { cause, ...advices[cause] };
}
