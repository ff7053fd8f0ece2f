/** Whose work a restart would kill; part of every question. */
export const jobTexts = {
  notAsked: 'Running jobs: unknown, because no workload manager is configured.',
  none: 'Running jobs: none on these nodes.',
  notKnown: 'Running jobs: unknown for {count} of these nodes: {nodes}. {why}.',
  notTold: 'the workload manager did not report them',
  leftOut:
    'Left out, because jobs are running on them ({count}): {nodes}. To restart these too, select them by name, or include nodes with running jobs.',
  leftAlone: 'left out, because jobs are running on it',
  killed: 'Jobs are running on {count} of these nodes, and the restart kills them: {nodes}.',
  waitedFor:
    'Jobs are running on {count} of these nodes: {nodes}. The restart waits for them, up to {minutes} min for each node; a node whose jobs are still running then is not restarted.',
  drains:
    'Each node is drained before its restart, so that no new jobs start on it. It stays drained until somebody resumes it.',
  drainsAndResumes:
    'Each node is drained before its restart, so that no new jobs start on it, and resumed when it has reported or was not restarted. A node that fails stays drained.',
  again:
    'Each node is checked again right before its restart. If jobs have started on it by then, it is not restarted.',
  /** At the end of a run. */
  left: 'Not restarted, because jobs have started on them, or because that is no longer known ({count}): {nodes}. Run the stage again for these when the jobs are done.',
  drained:
    'Drained and not resumed ({count}): {nodes}. Resume them in the workload manager when they can take jobs again.',
  /** Of Omnia's own backends. */
  omnia:
    'Jobs are running on {count} of these nodes: {nodes}. Omnia restarts these nodes too, and the jobs are killed.',
  others: '{nodes}, and {count} more',
  node: '{node} ({jobs})',
  some: 'running jobs',
  one: '1 job',
  many: '{count} jobs',
  onePod: '1 pod',
  manyPods: '{count} pods',
  of: '{jobs} of {users}',
  until: '{jobs}, until {end} at the latest',
  noLimit: '{jobs}, without time limit',
} as const;
