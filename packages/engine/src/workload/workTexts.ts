/** Why a node is not restarted, or not yet: the work on it. */
export const workTexts = {
  notTold: 'The workload manager said nothing of the node',
  draining: 'draining the node',
  waiting: 'waiting for {jobs}',
  notDrained: 'not restarted, because it cannot be drained: {why}',
  late: 'not restarted, because jobs still ran on it after {minutes} min: {jobs}',
  stopped: 'not restarted, because the run was stopped while its jobs were waited for',
  notResumed: 'it stays drained: {why}',
  drainedByOthers: 'somebody else has drained it ({reason})',
  busy: 'not restarted, because jobs run on it now: {jobs}',
  notKnownAnyMore: 'not restarted, because it can no longer be told whether jobs run on it: {why}',
} as const;
