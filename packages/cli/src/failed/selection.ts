import { failureCauses, type FailureCause } from '@omnia-buildstream/core/failedNodes/advice';
import { stringOf, type FailedEntry, type FailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { causeOf } from '@omnia-buildstream/core/failedNodes/entryText';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { oneOf } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';

/** Which entries a command is about. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'cause'; readonly cause: FailureCause }
  | { readonly kind: 'nodes'; readonly names: readonly string[] };

/** What was named; `how` says how to name nodes. @throws UserError unless exactly one of the three is given */
export function selectionOf(
  names: readonly string[],
  all: boolean,
  cause: string | undefined,
  how = 'their names',
): Selection {
  const given = [names.length > 0, all, cause !== undefined].filter(Boolean).length;
  if (given !== 1) throw cannotRun('arguments', `Say which nodes: ${how}, or --all, or --cause.`);
  if (all) return { kind: 'all' };
  return cause === undefined
    ? { kind: 'nodes', names }
    : { kind: 'cause', cause: oneOf('--cause', cause, failureCauses) };
}

/** The entries of a selection, in file order. @throws UserError when the file has no such name */
export function select(document: FailedNodesDocument, selection: Selection): readonly FailedEntry[] {
  const { entries } = document;
  switch (selection.kind) {
    case 'all':
      return entries;
    case 'cause':
      return entries.filter((entry) => causeOf(entry) === selection.cause);
    case 'nodes':
      return [...new Set(selection.names.flatMap((name) => named(entries, name)))].sort((a, b) => a.index - b.index);
  }
}

/** A node is named by its hostname, BMC address or service tag. */
function named(entries: readonly FailedEntry[], name: string): FailedEntry[] {
  const namesOf = ({ fields }: FailedEntry): (string | undefined)[] =>
    ['hostname', 'bmc_ip', 'service_tag'].map((key) => stringOf(fields, key));
  const found = entries.filter((entry) => namesOf(entry).includes(name));
  if (found.length > 0) return found;
  const known = entries.flatMap((entry) => namesOf(entry).filter((text) => text !== undefined));
  const [suggestion] = nearest(name, known, 1);
  const question = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  throw cannotRun(
    'arguments',
    `No entry has the hostname, bmc_ip or service tag "${name}".${question} Nothing was changed.`,
  );
}
