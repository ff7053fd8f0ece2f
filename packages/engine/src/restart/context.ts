import type { BmcClient } from '../ports/bmc.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReportSource } from '../ports/reports.ts';
import type { JournalRecord } from '@omnia-buildstream/core/restart/journalRecord';
import type { RestartEvent } from './events.ts';
import type { RestartSettings } from './settings.ts';
import type { Slots } from '../concurrency/slots.ts';
import type { StaggerGate } from './staggerGate.ts';
import type { WorkGuard } from './workGuard.ts';

/** What the nodes of one run share. */
export interface StageContext {
  readonly clock: Clock;
  readonly bmc: BmcClient;
  readonly reports: ReportSource;
  readonly settings: RestartSettings;
  readonly slots: Slots;
  readonly gate: StaggerGate;
  /** Undefined: nobody is asked whether jobs are running on a node. */
  readonly work: WorkGuard | undefined;
  /** When the plan was made, on the monotonic clock; undefined: not known. */
  readonly plannedMs: number | undefined;
  /** Aborts at once; of what was in progress nothing is recorded beyond the journal. */
  readonly signal: AbortSignal;
  readonly emit: (event: RestartEvent) => void;
  /** BMC_IPs on which PXE is set for every boot now, as far as this run knows. */
  readonly everyBoot: Set<string>;
  /** Durable when resolved. */
  readonly append: (record: JournalRecord) => Promise<void>;
}

let last = { ms: Number.NaN, text: '' };

/** ISO 8601 with milliseconds, for events and the journal. */
export function timeOf(clock: Clock): string {
  const ms = clock.now();
  // Many nodes report something within the same millisecond, and creating the text takes longer than the rest of an
  // event.
  if (ms !== last.ms) last = { ms, text: new Date(ms).toISOString() };
  return last.text;
}
