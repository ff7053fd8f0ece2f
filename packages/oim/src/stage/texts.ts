/** What is said of a stage that the management server runs. `{state}`, `{log}`, `{report}` and `{said}` are its words. */
export const stageTexts = {
  running: 'The {stage} stage is running already; it is followed.',
  accepted: 'The management server accepted the {stage} stage.',
  uploaded: 'Uploaded {total} input files, {changed} of them changed.',
  arrived: 'The answer to the order was lost; the job shows that the order arrived.',
  orderedAgain: 'The answer to the order was lost, and the job shows nothing of it: it is sent once more.',
  unknown:
    'The answer to the order was lost, and the API does not answer: nobody knows whether the {stage} stage runs.',
  notSeen:
    'The {stage} stage was ordered twice, both answers were lost, and the job shows nothing of it. Check what lies between here and the API, then run it again.',
  state: 'The {stage} stage is {state}.',
  stateOfAttempt: 'The {stage} stage is {state} (attempt {attempt}).',
  outage: 'The stage goes on, the API does not answer and is asked again.',
  answersAgain: 'The API answers again.',
  lost: 'The {stage} stage cannot be followed any more.',
  overdue: 'Not finished within {minutes} min.',
  notStarted: 'Nothing was started.',
  stoppedBefore: 'Stopped before the stage was ordered; nothing was started.',
  stoppedOrdering: 'Stopped while the stage was ordered.',
  stoppedFollowing: 'No longer followed.',
  goesOn: 'The {stage} stage goes on on the management server; running it again follows it.',
} as const;

/** How a stage ended. */
export const endTexts = {
  deploy: 'The images are deployed.',
  restart: 'All nodes are booted.',
  validate: 'All tests passed.',
  skipped: 'The {stage} stage was skipped by the management server.',
  cancelled: 'The {stage} stage was cancelled.',
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
  PLAYBOOK_FAILED: 'Its playbook ended with failures.',
  PLAYBOOK_EXECUTION_FAILED: 'Its playbook could not be carried out.',
  QUEUE_SUBMISSION_FAILED: 'It could not be queued on the management server; check the queue and its watcher there.',
};

/** Which stage is missing before another one. */
export const missingTexts = {
  ended: 'The {stage} stage of this job is running; wait for its end, or run the stage again to follow it.',
  before: 'The {stage} stage of this job is {state}; it has to be COMPLETED first.',
  build: 'No image build of this job is COMPLETED ({states}); run the build pipeline first.',
} as const;
