/** The server's own texts in English; those about the two files stand in core beside what they describe. */
export const strings = {
  tooLarge:
    'The file is too large to be checked while it is open: more than {lines} lines, {megabytes} MB, or {row} MB in one row. Run "buildstream validate" on it.',
  tookTooLong:
    'The file was not checked, because that takes longer than {seconds} s. Run "buildstream validate" on it, or split it.',
  notChecked: 'The file could not be checked; the log of the language server says more: {reason}',
  fixKind: 'Fix all problems of this kind in this file',
  fixKindSo: 'For all {count} problems of this kind: {title}',
  fixAll: 'Fix all auto-fixable problems',
  fixesLeft:
    'The file is so large that only its first problems were fixed. Run this command again for the next ones, or run "buildstream validate --fix" on it.',
  setSeverity: "Configure severity of '{code}'…",
  openDocs: "Open documentation of rule '{code}'",
  markOne: 'Mark {node} as successful: booted by hand, not tried again',
  markBack: 'Mark {node} as failed again: it will be tried again',
  markBackInVain: 'Mark {node} as failed again (has no effect once Omnia has read "success")',
  markSelected: 'Mark the {count} selected nodes as successful',
  markAll: 'Mark all {count} failed nodes as successful',
  markCause: 'Mark all {count} nodes with this cause as successful ({cause})',
  addRow: 'Add a row for {node} to the mapping file',
  fixStatuses: 'Fix the spelling of every status',
  lensMark: 'Mark successful',
  lensMarkBack: 'Mark failed again',
  lensShowRow: 'Show in mapping',
  lensFailed: '{count} failed',
  lensMarked: '{count} marked',
  lensRetried: '{count} will be tried again',
  lensNothing: 'No failed nodes',
  groupNode: '1 node in this group',
  groupNodes: '{count} nodes in this group',
} as const;
