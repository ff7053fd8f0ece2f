import { compareEntries } from '../failedNodes/compare.ts';
import { readFailedNodesDocument } from '../failedNodes/document.ts';

/** failed_nodes.json as a commit has it. */
export interface ListVersion {
  /** ms since 1970, by the clock of the committer. */
  readonly at: number;
  /** The author of the commit. */
  readonly by: string;
  readonly text: string;
}

/** Nodes that a commit of failed_nodes.json marked as booted by hand, or took the mark from; by hostname, else BMC_IP. */
export interface MarkCommit extends Pick<ListVersion, 'at' | 'by'> {
  readonly marked: readonly string[];
  readonly unmarked: readonly string[];
}

/**
 * Who marked which nodes, the oldest first. A new list that already has marks in it was marked by its committer.
 * @param versions the newest first; the oldest is compared with `before`, the text before all of them
 */
export function marksOf(versions: readonly ListVersion[], before: string): readonly MarkCommit[] {
  const marks = versions.map(({ at, by, text }, index): MarkCommit => {
    const older = readFailedNodesDocument(versions[index + 1]?.text ?? before);
    const changes = compareEntries(older, readFailedNodesDocument(text));
    const named = (isMeant: (change: (typeof changes)[number]) => boolean): string[] =>
      changes.flatMap((change) => (isMeant(change) ? change.hostname || change.bmcIp : []));
    return {
      at,
      by,
      marked: named(({ after }) => after === 'success'),
      unmarked: named(({ before: was, after }) => was === 'success' && after !== undefined),
    };
  });
  return marks.filter(({ marked, unmarked }) => marked.length + unmarked.length > 0).reverse();
}
