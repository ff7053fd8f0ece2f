/** Why it is not known what runs on a node, where Slurm is asked. */
export const slurmTexts = {
  notListed: 'Slurm does not list them',
  severalNodes: 'Slurm has several nodes of this name',
  stateUnknown: 'Slurm does not know the state of the node ({state})',
  noSsh: 'The ssh program is missing on this computer',
  noAnswer: 'The Slurm controller {host} did not respond: {why}',
  unreadable: 'What the Slurm controller {host} responded cannot be read: {what}',
  tooLong: 'it is too long',
  line: 'the line "{line}"',
  refused: 'slurmrestd at {host} refused the request: {why}',
  otherShape: 'it has another form than expected',
  cannotChange: 'slurmrestd at {host} cannot drain nodes: its interface is older than v0.0.39',
  noToken: 'There is no token for slurmrestd at {host}',
  tokenOver: 'The token for slurmrestd at {host} expired at {at}',
  noLogin: '{host} cannot be logged in to with these names',
} as const;
