/** Why the state of a stage, or its report, cannot be read or kept. */
export const stateTexts = {
  folderNotReadable: 'The state folder {folder} cannot be read',
  folderNotUsable: 'The state folder {folder} cannot be used',
  notWritable: '{file} cannot be written',
  noReportFolder: 'No folder for the report can be made in {folder}',
  changed:
    'The state in {folder} changed after the plan was made. No node was touched; run it again to see the current plan.',
  notJson: '{file} is not JSON. Repair it before you start a run.',
  shape: '{file}: {reason}. Repair it before you start a run.',
  shapeOfEntry: '{file}: {reason} (entry {number}). Repair it before you start a run.',
  noBeginning:
    'The journal does not say which run it belongs to. Check the nodes of the last run, then move the file away.',
  lockedByUnknown: 'The state is locked, but the lock does not say by whom. If no run is in progress, remove {file}.',
  locked: 'The state is in use by another run (process {pid}).',
  lockedElsewhere:
    'The state is in use by a run on {host} (process {pid}). Whether it is still running cannot be seen from here. If it is not, remove {file}.',
  lockedBefore:
    'The state is in use by a run on {host}, in another container or before a restart (process {pid}). Whether it is still running cannot be seen from here. If it is not, remove {file}.',
  busyFile: '{file} is in use by other processes; try again',
} as const;
