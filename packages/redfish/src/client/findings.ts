import { addAll } from '@omnia-buildstream/core/text/lists';
import type { BootFindings, FindingsRequest, LogEntry, Unread } from '@omnia-buildstream/engine/ports/bmc';
import { macDigits } from '@omnia-buildstream/engine/restart/networkBoot';
import { mostNics, optional } from './hardware.ts';
import { linkAt, linksAt, objectsAt, textAt } from './json.ts';
import type { RedfishService } from './service.ts';

/** Only this many log services are read, and only the first page of each. */
const mostLogs = 6;

/**
 * What a BMC reports about a failed boot. Only reads, and omits what the BMC does not provide. Log entries are those
 * since the reset by the BMC's clock (redfish.md section 10).
 */
export async function readFindings(
  service: RedfishService,
  system: string,
  { adminMac, sinceMs }: FindingsRequest,
  signal: AbortSignal,
): Promise<BootFindings> {
  const { body } = await service.get(system, signal);
  const managerPath = linksAt(body, 'Links', 'ManagedBy')[0];
  const manager = managerPath === undefined ? undefined : await optional(service, managerPath, signal);
  const bootProgress = textAt(body, 'BootProgress', 'LastState') ?? '';
  const link = await linkOf(service, body, adminMac, signal);
  const resetMs = resetTime(body, manager, sinceMs);
  const logs = await readLogs(service, [manager, body], signal);
  const since = (entries: readonly Dated[]): LogEntry[] =>
    resetMs === undefined ? [] : entries.filter(({ ms }) => ms >= resetMs).sort((one, other) => other.ms - one.ms);
  const hasEvents = logs.events !== undefined && resetMs !== undefined;
  const unread: readonly (readonly [Unread, boolean])[] = [
    ['boot-progress', bootProgress === ''],
    ['link', link === undefined],
    ['log', !hasEvents],
    ['post-code', logs.postCodes === undefined],
  ];
  return {
    bootProgress: bootProgress === 'None' ? '' : bootProgress,
    link,
    entries: since(logs.events ?? []),
    postCode: since(logs.postCodes ?? [])[0]?.text ?? '',
    unread: unread.flatMap(([what, isMissing]) => (isMissing ? [what] : [])),
  };
}

interface Dated extends LogEntry {
  /** By the BMC's clock. */
  readonly ms: number;
}

/** When the system was reset, by the BMC's clock. */
function resetTime(system: unknown, manager: unknown, sinceMs: number | undefined): number | undefined {
  const now = Date.parse(textAt(manager, 'DateTime') ?? '');
  if (!Number.isNaN(now) && sinceMs !== undefined) return now - sinceMs;
  const last = Date.parse(textAt(system, 'LastResetTime') ?? '');
  return Number.isNaN(last) ? undefined : last;
}

/** Link state of the NIC with the ADMIN_MAC. */
async function linkOf(
  service: RedfishService,
  system: unknown,
  adminMac: string,
  signal: AbortSignal,
): Promise<BootFindings['link']> {
  const collection = linkAt(system, 'EthernetInterfaces');
  const wanted = macDigits(adminMac);
  if (collection === undefined || wanted === '') return undefined;
  for (const path of linksAt(await optional(service, collection, signal), 'Members').slice(0, mostNics)) {
    const nic = await optional(service, path, signal);
    const macs = [textAt(nic, 'PermanentMACAddress'), textAt(nic, 'MACAddress')].map((mac) => macDigits(mac ?? ''));
    if (!macs.includes(wanted)) continue;
    const status = textAt(nic, 'LinkStatus') ?? '';
    return status === 'LinkUp' ? 'up' : status === 'LinkDown' || status === 'NoLink' ? 'down' : undefined;
  }
  return undefined;
}

interface Logs {
  /** Undefined if the BMC provides none. */
  readonly events: readonly Dated[] | undefined;
  readonly postCodes: readonly Dated[] | undefined;
}

async function readLogs(service: RedfishService, owners: readonly unknown[], signal: AbortSignal): Promise<Logs> {
  const paths: string[] = [];
  for (const owner of owners) {
    const collection = linkAt(owner, 'LogServices');
    if (collection !== undefined) addAll(paths, linksAt(await optional(service, collection, signal), 'Members'));
  }
  let events: Dated[] | undefined;
  let postCodes: Dated[] | undefined;
  for (const path of [...new Set(paths)].slice(0, mostLogs)) {
    const log = await optional(service, path, signal);
    const entriesPath = linkAt(log, 'Entries');
    const entries = entriesPath === undefined ? undefined : await optional(service, entriesPath, signal);
    if (entries === undefined) continue;
    const read = objectsAt(entries, 'Members').flatMap(entryOf);
    const isPost = /post_?codes?/i.test(`${textAt(log, 'Id') ?? ''} ${path}`);
    if (isPost) postCodes = [...(postCodes ?? []), ...read];
    else events = [...(events ?? []), ...read];
  }
  return { events, postCodes };
}

function entryOf(entry: unknown): Dated[] {
  const at = textAt(entry, 'Created') ?? '';
  const ms = Date.parse(at);
  const text = textAt(entry, 'Message') ?? '';
  if (Number.isNaN(ms) || text === '') return [];
  return [{ at, ms, text, severity: textAt(entry, 'Severity') ?? '' }];
}
