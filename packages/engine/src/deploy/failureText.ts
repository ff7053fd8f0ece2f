import type { ProvisionReason } from '../ports/bootProvisioner.ts';

/** What to do when boot configuration could not be handed over. */
export const provisionAdvice: Readonly<Record<ProvisionReason, string>> = {
  unreachable: 'Check the address and that the service runs. The same command goes on where this run ended.',
  tls: 'Compare the fingerprint with the one the server shows, then pin it, or give the authority that signed it.',
  unauthorized: 'Give a token that is valid and may write, then run it again.',
  refused: 'Look at the log of the service.',
  conflict: 'Remove the entry that is in the way, if it is outdated, then run it again.',
  protocol: 'Check the version of the service and what stands between. Then run it again.',
  'bad-input': 'Correct the value in the mapping file or in the list of images.',
  locked: 'Wait for the other run to end.',
  'read-only': 'Make the folder writable, or choose another one.',
  'disk-full': 'Make room, then run it again. What was there is still there.',
  'not-ours': 'Remove what stands there, or choose another folder.',
  unreadable: 'Repair or remove the file, then run it again.',
  io: 'Look at the disk and its log.',
};
