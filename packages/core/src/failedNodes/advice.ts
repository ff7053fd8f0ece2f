import type { Template } from '../text/message.ts';
import { engineCauseIn, engineCauseTexts, type EngineCause } from './engineCauses.ts';

/** Why a node failed, told from the message: what our engine says after the bar, else Omnia's sentence. */
export type FailureCause = OmniaCause | EngineCause;

type OmniaCause =
  | 'not-ready'
  | 'unreachable'
  | 'pxe-refused'
  | 'power'
  | 'skipped'
  | 'no-status'
  | 'phone-home'
  | 'registration'
  | 'unknown';

/** A cause as people read it. */
export interface FailureAdvice {
  readonly cause: FailureCause;
  readonly title: Template;
  readonly advice: Template;
  /** A node that came up all the same may be marked as successful. */
  readonly mayBeUp: boolean;
}

const patterns: readonly (readonly [Pick<RegExp, 'test'>, OmniaCause])[] = [
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
      'The PXE boot may have been set. Look at the node: if it booted, mark it as successful; otherwise repair the BMC network and retry.',
    mayBeUp: true,
  },
  'pxe-refused': {
    title: 'PXE boot refused',
    advice: 'Check the NIC firmware, that PXE is enabled on the right NIC, and that the node boots in UEFI mode.',
    mayBeUp: false,
  },
  power: {
    title: 'The server was not restarted',
    advice: 'Check the power state, the iDRAC licence and lock-down mode; then retry or restart the node by hand.',
    mayBeUp: false,
  },
  skipped: { title: 'Skipped: already booted or not new', advice: 'Nothing to do.', mayBeUp: true },
  'no-status': { title: 'No result', advice: 'Look at the log of the restart job for this node.', mayBeUp: true },
  'phone-home': {
    title: 'Booted, but cloud-init did not report',
    advice: 'Look at the console of the node: is it the right image, does it reach the admin network?',
    mayBeUp: true,
  },
  registration: {
    title: 'Booted, but not Ready in the state database',
    advice: 'Check the admin MAC and IP of the row, DHCP, and the boot parameters in BSS.',
    mayBeUp: true,
  },
  unknown: { title: 'Failed', advice: 'Look at the log of the restart job for this node.', mayBeUp: false },
};

export const failureCauses: readonly FailureCause[] = [
  ...(Object.keys(advices) as readonly OmniaCause[]),
  ...(Object.keys(engineCauseTexts) as readonly EngineCause[]),
];

/** Tells the cause from the words of a message; `unknown` when they are none that we know. */
export function adviceFor(message: string): FailureAdvice {
  const exact = engineCauseIn(message);
  if (exact !== undefined) return { cause: exact, ...engineCauseTexts[exact], mayBeUp: false };
  const cause = patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'unknown';
  return { cause, ...advices[cause] };
}

/** All texts of the advice, for translation. */
export const adviceTexts: readonly Template[] = [...Object.values(advices), ...Object.values(engineCauseTexts)].flatMap(
  ({ title, advice }) => [title, advice],
);
