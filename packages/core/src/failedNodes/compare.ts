import { stringOf, type FailedEntry, type FailedNodesDocument } from './document.ts';
import { bmcIpOf } from './entryText.ts';

/** A node whose entry differs between two versions of failed_nodes.json. */
export interface EntryChange {
  readonly bmcIp: string;
  readonly hostname: string;
  /** The status as written; undefined: there was no entry. */
  readonly before: string | undefined;
  /** Undefined: the entry is gone. */
  readonly after: string | undefined;
}

/** Which nodes came, went or got another status, in the order of the newer version, then those that are gone. */
export function compareEntries(before: FailedNodesDocument, after: FailedNodesDocument): EntryChange[] {
  const old = byBmc(before);
  const now = byBmc(after);
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((bmcIp) => {
    const [was, is] = [old.get(bmcIp), now.get(bmcIp)];
    const change = { bmcIp, hostname: hostnameOf(is ?? was), before: statusOf(was), after: statusOf(is) };
    return change.before === change.after ? [] : [change];
  });
}

function byBmc({ entries }: FailedNodesDocument): Map<string, FailedEntry> {
  return new Map(entries.map((entry) => [bmcIpOf(entry) ?? '', entry]));
}

function hostnameOf(entry: FailedEntry | undefined): string {
  return (entry === undefined ? undefined : stringOf(entry.fields, 'hostname')) ?? '';
}

function statusOf(entry: FailedEntry | undefined): string | undefined {
  return entry === undefined ? undefined : (stringOf(entry.fields, 'status') ?? '');
}
