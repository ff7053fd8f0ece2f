/**
 * Messages about a stage that runs on the management server. `{state}`, `{log}`, `{report}` and `{said}` are the
 * server's words.
 */
export const stageTexts = {
  running: 'The {stage} stage is already running; its progress is shown.',
  accepted: 'The management server accepted the {stage} stage.',
  uploaded: 'Input files uploaded: {total}, of which changed: {changed}.',
  sameFiles: 'The job is finished and takes no more files; it has these files already, so the stage is requested.',
  arrived: 'The response was lost; the job shows that the request arrived.',
  unknown: 'The response was lost and the API is not responding. It is unknown whether the {stage} stage is running.',
  notSeen:
    'It is unknown whether the {stage} stage is running: the API did not confirm it, and the job does not show it. The API can fail after it has queued a stage, so nothing was sent again. Check the queue and the playbook logs on the management server before you run it again.',
  state: 'The {stage} stage is {state}.',
  stateOfAttempt: 'The {stage} stage is {state} (attempt {attempt}).',
  stuck:
    'The {stage} stage has been IN_PROGRESS for {minutes} min, longer than its playbook may run ({limit} min). It may never end: check the playbook watcher and the queue on the management server. As long as it is IN_PROGRESS, the API refuses another attempt.',
  outage: 'The stage is still running; the API is not responding and is asked again.',
  answersAgain: 'The API is responding again.',
  lost: 'The progress of the {stage} stage can no longer be shown.',
  overdue: 'Not finished within {minutes} min.',
  notStarted: 'Nothing was started.',
  stoppedBefore: 'Stopped before the stage was requested; nothing was started.',
  stoppedOrdering: 'Stopped while the stage was requested.',
  stoppedFollowing: 'No longer following.',
  oldResults:
    'The results of single nodes on the management server are of {date}, before this attempt began: they say nothing about this one.',
  goesOn: 'The {stage} stage keeps running on the management server; run it again to resume following it.',
} as const;

/** How a stage ended. */
export const endTexts = {
  deploy: 'The images are deployed.',
  restart: 'All nodes are booted.',
  validate: 'All tests passed.',
  skipped: 'The {stage} stage was skipped by the management server.',
  cancelled: 'The {stage} stage was canceled.',
  failed: 'The {stage} stage failed.',
  said: 'The management server says: {said}',
  tests: '{passed} of {total} tests passed, {failed} failed, {errors} with errors, {skipped} skipped.',
  report: 'Its report on the management server: {report}.',
  log: 'Its log on the management server: {log}.',
  failedNodes:
    'The nodes that failed are in miscellaneous/failed_nodes.json of the GitLab project; the file may be older than this run, so compare its time. Repair them or mark those booted by hand, then run restart again.',
} as const;

/** Stage failure codes (omnia.md section 7). */
export const failureTexts: Readonly<Record<string, string>> = {
  PLAYBOOK_EXECUTION_FAILED: 'Its playbook ended with failures. The playbook itself ran: usually some nodes failed.',
  PLAYBOOK_FAILED: 'Its tests failed.',
  PLAYBOOK_TIMEOUT:
    'Its playbook exceeded the time limit of the management server and was stopped. Nodes may be in an intermediate state: check them before you run it again.',
  SYSTEM_ERROR:
    'The management server could not run its playbook. Check the playbook watcher, its queue and the disk space there.',
  QUEUE_SUBMISSION_FAILED: 'The management server could not queue it. Check the queue and its watcher there.',
};

/** Which nodes failed in a restart. */
export const nodeTexts = {
  failed: '{count} of {total} nodes failed: {names}.',
  failedMore: '{count} of {total} nodes failed: {names} and {more} more.',
} as const;

/** The obstacles to a stage. */
export const orderTexts = {
  ended: 'The {stage} stage of this job is running; wait until it ends, or run the stage again to follow it.',
  otherRuns:
    'The {stage} stage of this job is running on the same nodes; wait until it ends. If it never does, check the playbook watcher and the queue on the management server.',
  before: 'The {stage} stage of this job is {state}; it has to be COMPLETED first. Run it before this one.',
  build: 'No image build of this job is COMPLETED ({states}); run the build pipeline first.',
  cleaned: 'The images of this job are deleted (CLEANED); run a new build.',
} as const;
