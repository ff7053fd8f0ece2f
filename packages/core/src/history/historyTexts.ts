import type { Template } from '../text/message.ts';

/** The handover note of a run, and the list of runs. */
export const historyTexts = {
  title: 'Run history: {stage} by {user} on {host}',
  when: 'Began {from}, ended {to}.',
  notEnded: 'Began {from}. It has not ended, or its process was killed.',
  open: 'Not ended, or its process was killed.',
  who: 'Run by {user} on {host} with the {program} {version}.',
  what: 'Stage {stage}, run by {backend}, image group {imageGroup}, job {jobId}.',
  digests: 'Mapping file {file} with the digest {mapping}, plan with the digest {plan}.',
  noMapping: 'Plan with the digest {plan}.',
  answered: 'Asked "{question}": {answer}.',
  done: 'What was done',
  left: 'What is left',
  next: 'What to do next',
  counts: '{succeeded} of {total} nodes succeeded, {failed} failed, {notTried} were not tried, {reset} were reset.',
  untold: 'The history does not record the outcome of each node ({count}).',
  leftAlone: 'Nodes of the plan that were left alone: {count}.',
  said: '{text}',
  stopped: 'It stopped early: {why}.',
  unreadable: 'Cannot be read: {why}.',
  noBeginning: 'its beginning was not written',
  leftAloneNode: 'left alone',
  untoldNode: 'not tried, or unknown',
  nothingLeft: 'Nothing is left: every node of the plan succeeded.',
  wholeSucceeded: 'Nothing is left: the stage succeeded as a whole.',
  leftUnknown: 'It is unknown which nodes are left, out of {count}.',
  failedLeft: 'Failed: {nodes}.',
  notTried: 'Not tried: {nodes}.',
  drained: 'Drained and not resumed: {nodes}.',
  resume:
    'Check whether a process still runs it. If none does, run the same stage again: it continues where this run ended, and no node is reset twice for the same intent.',
  mend: 'Follow the advice for each failed node, then run the same stage again: it takes the nodes that are left. To take only some of them, select them.',
  findOut:
    'Find out why the first nodes failed before you restart others. Then run the same stage again: it takes the nodes that are left. To take only some of them, select them.',
  mendStage: 'Find out why the stage failed, then run it again.',
  lookUp:
    'Check on the management server whether the stage is still running, or how it ended. While it is running, run the same stage again to follow it.',
  goOn: 'Run the same stage again: it takes the nodes that are left.',
  nothingNext: 'Nothing. Verify the nodes if you have not done so yet.',
  node: 'Node',
  bmc: 'BMC_IP',
  reset: 'Last reset',
  result: 'Result',
  advice: 'Advice',
  run: 'Run',
  began: 'Began',
  user: 'User',
  stage: 'Stage',
  image: 'Image group',
  why: 'Why',
  unknown: 'unknown',
  ofNode: 'Run history of {node}',
  lastReset: 'Last reset: {at} by {user} on {host}, because: {why}',
  startedInGitLab:
    'Restart started through GitLab: {at} by {user} on {host}, as {gitlabUser} at GitLab, because: {why}. Which nodes were reset is known from its job log: {subject}',
  startedOnServer:
    'Restart started on the management server: {at} by {user} on {host}, because: {why}. Which nodes were reset is known from its log',
  atGitLab: 'As {user} at GitLab, in {server}.',
  onServer: 'On {server}.',
  subject: 'Target: {subject}.',
  shown: 'What was shown',
  sent: 'The history does not record what GitLab did afterwards.',
  notCarriedOut: 'Not all of it was carried out.',
  madeInGitLab: 'In GitLab: {text}.',
  lookInGitLab: 'Check in GitLab whether it was carried out before you do it again.',
  followInGitLab: 'Follow it in GitLab: the job logs show which nodes were reset.',
  lookAtBmcs: 'Check these BMCs, and what each of them responded, before you do it again.',
  lookAgain: 'Check it in GitLab again, then decide.',
} as const;

/** How a run ended as a whole. */
export const outcomeTexts = {
  succeeded: 'Succeeded.',
  failed: 'Not all of it succeeded.',
  unknown: 'How it ended is unknown.',
} as const;

/** What carried a run out. */
export const backendTexts: Readonly<Record<string, Template>> = {
  direct: 'this computer',
  oim: 'the management server',
  gitlab: 'GitLab',
  bmc: 'the BMCs',
};

export const programTexts: Readonly<Record<string, Template>> = {
  'command line': 'command line',
  editor: 'editor',
};

/** The outcome of a node. */
export const nodeEndTexts = { success: 'succeeded', failed: 'failed', left: 'not tried' } as const;

/** Why a run stopped, by what its end says. */
export const stopTexts: Readonly<Record<string, Template>> = {
  asked: 'somebody stopped it',
  'at-once': 'somebody stopped it immediately',
  deadline: 'the time for the stage was over',
  'credentials-refused': 'several BMCs refused the credentials',
  'canary-failed': 'one of the first nodes did not boot',
  'control-failed': 'a control node or protected node did not boot',
  'too-many-failed': 'more nodes failed to boot than allowed',
  'not-started': 'it was not started',
  'no-response': 'no response was received',
  'not-manual': 'the job was not waiting for a manual start',
  'choose-image-first': 'no image was selected',
  'image-not-ready': 'the image was still being selected',
  'image-failed': 'selecting the image had failed',
  'image-already-chosen': 'another image was already selected',
  'unknown-job': 'the job was not in the pipeline any more',
  'plan-changed': 'its effect had changed since it was shown',
  'still-active': 'something in the pipeline still ran',
  'nothing-failed': 'nothing in the pipeline had failed',
  'is-bridge': 'the job starts a child pipeline',
  'head-moved': 'there was a new commit since it was shown',
  'another-pipeline': 'another pipeline had started since it was shown',
  conflict: 'somebody else had changed the file in the meantime',
  'others-at-work': 'another run was in progress',
  'cadence-runs': 'a cadence was running',
  'too-many-unreachable': 'the BMCs of more nodes than allowed cannot be used',
};
