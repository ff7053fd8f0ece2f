/** What is said about a node on its way through the restart stage; Omnia's own sentences for it are in `failure.ts`. */
export const stepTexts = {
  lastSeen: 'last seen: {what}',
  power: 'power {power}',
  waiting: 'waiting for the node',
  shuttingDown: 'waiting for the system to shut down',
  off: 'the system was shut down and is off',
  readingAfterLoss: 'no response to the reset; reading what happened',
  noResponse: 'the BMC did not respond to the reset',
  earlierReport: 'the node reported, but its BMC shows no reset since: the report may be from an earlier boot',
  journalTellsNothing: 'the journal does not say whether the node was reset',
  firmwareChooses: 'the BMC lists no boot entry for {nicMac}; the firmware selects the NIC',
  takenBack: 'the PXE boot setting was removed',
  maybeNextBoot: 'PXE boot may still be set for the next boot',
  maybeEveryBoot: 'PXE boot may still be set for every boot',
  shows: 'the BMC shows {override}',
  showsNothing: 'the BMC shows no boot override',
  resetAt: 'its BMC reports a reset at {at}',
  noResets: 'it supports no reset',
  resets: 'it supports {resets}',
} as const;

/** Why the machine at a BMC is not, or may not be, the one of the row. */
export const identityTexts = {
  differs: 'the row has {row}, the BMC has {bmc}',
  notCompared: 'not compared with the row: {why}',
  serviceTag: 'service tag {tag}',
  serialNumber: 'serial number {serial}',
  nics: 'NICs {macs}',
  rowTellsNothing: 'the row has neither SERVICE_TAG nor ADMIN_MAC',
  bmcTellsNothing: 'the BMC reports no service tag, serial number, or NIC to compare with the row',
} as const;

/** Why no further node is started. */
export const stopTexts = {
  asked: 'no more nodes are started',
  canaryFailed: '{hostname}, one of the first nodes, did not boot',
  controlFailed: '{hostname}, a control node or protected node, did not boot',
  canaryUnusable: 'too many of the first nodes cannot be restarted, because of their BMCs or of jobs on them',
  counts: '{failed} of {total} nodes did not boot, {unreachable} were not reset',
} as const;

/** What the BMC of a node that did not report says. */
export const findingTexts = {
  tells: 'the BMC reports: {what}',
  noLink: 'no link on the NIC with the ADMIN_MAC',
  entry: 'log entry of {at}: {text}',
  progress: 'boot progress {progress}',
  postCode: 'last POST code {code}',
  nothing: 'nothing that explains the failure',
  missing: 'it does not report {what}',
  notAsked: 'the BMC could not be asked for the cause: {why}',
} as const;

/** What it may leave out. */
export const unreadTexts = {
  'boot-progress': 'boot progress',
  link: 'the link of the NIC',
  log: 'log entries since the reset',
  'post-code': 'POST codes',
} as const;
