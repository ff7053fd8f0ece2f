/** Why a node is not restarted, or not yet: the jobs on it. */
export const workTexts = {
  notTold: 'The workload manager did not report the node',
  draining: 'draining the node',
  waiting: 'waiting for {jobs}',
  notDrained: 'not restarted, because it cannot be drained: {why}',
  late: 'not restarted, because jobs were still running on it after {minutes} min: {jobs}',
  stopped: 'not restarted, because the run was stopped while it waited for jobs',
  notResumed: 'it stays drained: {why}',
  drainedByOthers: 'somebody else has drained it ({reason})',
  busy: 'not restarted, because jobs are running on it now: {jobs}',
  notKnownAnyMore: 'not restarted, because it is no longer known whether jobs are running on it: {why}',
} as const;
