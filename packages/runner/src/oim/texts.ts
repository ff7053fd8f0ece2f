/** What the user reads before they agree to a stage that the management server runs. */
export const oimStageTexts = {
  uploads: 'Uploads {files}.',
  comparedWith:
    'Removed rows are found by comparing with the last commit and with what was last uploaded and deployed from this project. Deployments from elsewhere are unknown here.',
  notDeployedFromHere:
    'It is unknown here which mapping file the management server deployed last. Slurm nodes that were removed from the file since then are drained; only those that the last commit still has can be named.',
  otherJob: '{file} belongs to job {job}. It is not uploaded, and says nothing about this job.',
  noJob: '{file} names no job. It is considered to be of this job, as Omnia does.',
  noList: 'There is no {file}, so the management server uses what it has.',
  /** {state} is that of the job, {status} that of the image group. */
  finishedDeploy:
    'The job is {state} and the image group {status}. The API refuses to deploy it again, unless this version takes a finished job up again as the Omnia guide says. If it refuses, nothing is started.',
  finishedFiles:
    'The job is {state} and the image group {status}. The API refuses further files of a finished job, unless this version takes it up again as the Omnia guide says. If it refuses, nothing is started: no node is restarted or tested with other files than those that the API has.',
  finishedSame:
    'The job is {state} and the image group {status}. If the API takes no more files, the stage is started all the same: the API has exactly these already.',
  oimSays: 'The restart stage on the management server: {state}.',
  oimSaysOfAttempt: 'The restart stage on the management server: {state}, attempt {attempt}.',
  openOrder:
    'The outcome of the last request for the {stage} stage is unknown: it was sent at {time} (UTC), the API did not confirm it, and the job shows nothing of it to this moment ({state}). It may still be queued or running. Check the queue and the playbook logs on the management server first: a second request can run it twice.',
  deployedSince:
    'The image group {group} was deployed after this one ({time} UTC): nodes boot its images until this one is deployed again.',
  deployAgain: 'Run deploy of this image group first, or restart with {group}.',
  maybeDeployedSince:
    'The image group {group} changed after this one was deployed, and its job cannot be read. If it was deployed, nodes boot its images until this one is deployed again.',
  assigns: 'Assigns the images to the nodes in the mapping file. No node is restarted.',
  byForce: 'Running nodes are force-restarted. Running jobs are killed.',
  tests: 'Runs the tests of Omnia {kind}. No node is restarted.',
} as const;

/** Why an image group cannot be found. `{names}` lists some of the existing ones. */
export const groupTexts = {
  none: 'There are no image groups. Run the build pipeline first.',
  unknown: 'There is no image group {group}. The nearest of the {count} are: {names}.',
  unknownOfFew: 'There is no image group {group}. There are: {names}.',
  severalVersions: '{group} names several image groups: {names}. Name one of them.',
  noJob: 'The BuildStreaM API names no job for the image group {group}.',
  noGroupOfJob:
    'No image group of the BuildStreaM API ({count} checked) belongs to job {job}. The image list shows their jobs.',
  otherJob: 'The image group {group} belongs to job {owner}, not to {job}.',
} as const;

/** Whether the BMCs of the nodes respond, as far as they were checked. */
export const bmcTexts = {
  notAsked: 'The BMCs of these nodes have not been checked.',
  respond: '{count} of {total} BMCs responded {minutes} min ago.',
  silent: 'The BMCs of {names} did not respond.',
  silentMore: 'The BMCs of {names} and {more} more did not respond.',
  othersNotAsked: 'Other BMCs, which were not checked: {count}.',
} as const;
