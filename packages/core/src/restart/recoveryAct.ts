import type { Template } from '../text/message.ts';

/** What can be done at the BMC of a node that failed, besides another try. */
export const recoveryActs = ['clear-jobs', 'restart-bmc', 'leave-lifecycle', 'pxe-off'] as const;
export type RecoveryAct = (typeof recoveryActs)[number];

interface RecoveryTexts {
  readonly title: Template;
  /** What it touches; part of the question. */
  readonly touches: Template;
  readonly done: Template;
}

export const recoveryTexts: Readonly<Record<RecoveryAct, RecoveryTexts>> = {
  'clear-jobs': {
    title: 'Clear the Job Queue',
    touches: 'All jobs of the BMC are deleted, scheduled and finished ones; settings that wait for a restart are lost.',
    done: 'The job queue is cleared. The BMC may need a few minutes until it accepts requests again.',
  },
  'restart-bmc': {
    title: 'Restart the BMC',
    touches: 'The BMC restarts and is away for some minutes. The server keeps running.',
    done: 'The BMC restarts. Wait until it responds, then retry the node.',
  },
  'leave-lifecycle': {
    title: 'Leave Lifecycle Controller',
    touches:
      'The server is force-restarted. Anyone working in its screens is disconnected, and a running firmware update is interrupted.',
    done: 'The server restarts and leaves the Lifecycle Controller. Retry the node when it has.',
  },
  'pxe-off': {
    title: 'Remove PXE Boot Setting',
    touches: 'The boot override is disabled. The server is not restarted; its next boot follows the boot order.',
    done: 'The BMC no longer shows a network boot.',
  },
};

/** What both front ends say around an act. */
export const recoveryNoteTexts = {
  nothing: 'The BMC offers no such action now.',
  other: 'Another machine responds at this BMC_IP: the row has {row}, the BMC {bmc}. Nothing is done there.',
  unknown: 'The machine cannot be compared with the row: {why}. Nothing is done there.',
  notShown: 'The BMC still shows a network boot.',
  lost: 'It is unknown whether the BMC did it: {why}. Check the BMC before you try again.',
} as const;
