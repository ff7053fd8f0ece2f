/**
 * Every status of GitLab's pipelines and jobs with its words and color, as the web pages show them.
 * Source: GitLab's `Ci::HasStatus` and `Gitlab::Ci::Status`.
 */
export const knownStatuses = [
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
  'running',
  'success',
  'failed',
  'canceling',
  'canceled',
  'skipped',
  'manual',
  'scheduled',
] as const;

export type KnownStatus = (typeof knownStatuses)[number];

/** Whether it is in progress, waiting for a person or a time, or over. */
export type Phase = 'active' | 'waiting' | 'over' | 'unknown';

/** Color groups of the web pages. */
export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral';

export type StatusIcon =
  | 'passed'
  | 'warning'
  | 'failed'
  | 'running'
  | 'pending'
  | 'created'
  | 'preparing'
  | 'canceled'
  | 'skipped'
  | 'manual'
  | 'scheduled'
  | 'unknown';

export interface StatusInfo {
  /** Badge text, "Passed". */
  readonly text: string;
  /** For a sentence or a screen reader, "passed with warnings". */
  readonly label: string;
  readonly icon: StatusIcon;
  readonly tone: Tone;
  readonly phase: Phase;
}

const table: Readonly<Record<KnownStatus, StatusInfo>> = {
  created: { text: 'Created', label: 'created', icon: 'created', tone: 'neutral', phase: 'active' },
  waiting_for_resource: waiting('waiting for resource'),
  preparing: { text: 'Preparing', label: 'preparing', icon: 'preparing', tone: 'neutral', phase: 'active' },
  waiting_for_callback: waiting('waiting for callback'),
  pending: { text: 'Pending', label: 'pending', icon: 'pending', tone: 'warning', phase: 'active' },
  running: { text: 'Running', label: 'running', icon: 'running', tone: 'info', phase: 'active' },
  success: { text: 'Passed', label: 'passed', icon: 'passed', tone: 'success', phase: 'over' },
  failed: { text: 'Failed', label: 'failed', icon: 'failed', tone: 'danger', phase: 'over' },
  canceling: { text: 'Canceling', label: 'canceling', icon: 'canceled', tone: 'neutral', phase: 'active' },
  canceled: { text: 'Canceled', label: 'canceled', icon: 'canceled', tone: 'neutral', phase: 'over' },
  skipped: { text: 'Skipped', label: 'skipped', icon: 'skipped', tone: 'neutral', phase: 'over' },
  manual: { text: 'Manual', label: 'manual action', icon: 'manual', tone: 'neutral', phase: 'waiting' },
  scheduled: { text: 'Delayed', label: 'delayed', icon: 'scheduled', tone: 'neutral', phase: 'waiting' },
};

function waiting(label: string): StatusInfo {
  return { text: 'Waiting', label, icon: 'pending', tone: 'warning', phase: 'active' };
}

/** How to show a job. A status from a newer server is neutral and shown unchanged. */
export function jobStatus({ status, allowFailure }: { status: string; allowFailure: boolean }): StatusInfo {
  if (status === 'failed' && allowFailure) {
    return { ...table.failed, label: 'failed (allowed to fail)', icon: 'warning', tone: 'warning' };
  }
  return lookUp(status);
}

/**
 * How to show a stage or a pipeline.
 * @param hasWarnings whether something in it failed that is allowed to fail
 */
export function groupStatus({ status, hasWarnings }: { status: string; hasWarnings: boolean }): StatusInfo {
  if (status === 'success' && hasWarnings) {
    return { ...table.success, text: 'Warning', label: 'passed with warnings', icon: 'warning', tone: 'warning' };
  }
  if (status === 'manual') return { ...table.manual, text: 'Blocked', label: 'waiting for manual action' };
  return lookUp(status);
}

/** The phase of a status; `unknown` if it is not in the table. */
export function phaseOf(status: string): Phase {
  return lookUp(status).phase;
}

function lookUp(status: string): StatusInfo {
  if (isKnown(status)) return table[status];
  const words = status.replaceAll('_', ' ');
  return { text: words, label: words, icon: 'unknown', tone: 'neutral', phase: 'unknown' };
}

function isKnown(status: string): status is KnownStatus {
  return Object.hasOwn(table, status);
}
