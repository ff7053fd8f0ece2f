/** What people read before they agree to a stage that the management server runs. */
export const serverStageTexts = {
  uploads: 'It uploads {files}.',
  otherJob: '{file} belongs to job {job}; it is not uploaded, and tells nothing of this job.',
  noJob: '{file} names no job. It is taken for one of this job, as Omnia does.',
  noList: 'There is no {file}, so the management server goes by what it has.',
  assigns: 'It assigns the images to the nodes of the mapping file, and restarts none.',
  byForce: 'Running systems are restarted by force: what runs on them ends.',
  tests: 'It runs the tests of Omnia {kind} and restarts no node.',
} as const;
