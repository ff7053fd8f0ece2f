/** What a node prints about its boot: how long it has been up, and how far cloud-init is (omnia.md section 4.2). */
export const bootStateCommand = 'cat /proc/uptime && { cloud-init status --long || true; }';

export interface BootState {
  readonly uptimeMs: number;
  /** As cloud-init words it, such as "running" or "degraded done"; empty: it does not say. */
  readonly cloudInit: string;
  /** What else cloud-init says; may be empty. */
  readonly detail: string;
}

/** /proc/uptime: seconds since the boot, and those of idle processors. */
const uptimeLine = /^(\d{1,12}(?:\.\d{1,6})?) \d{1,15}(?:\.\d{1,6})?$/;

/** Undefined for anything else. What a profile of the site prints first is skipped. */
export function bootStateIn(text: string): BootState | undefined {
  const all = text.split(/\r?\n/);
  const start = all.findIndex((line) => uptimeLine.test(line));
  const lines = all.slice(start + 1);
  const seconds = uptimeLine.exec(all[start] ?? '')?.[1];
  if (seconds === undefined) return undefined;
  const field = (name: string): string => {
    return (
      lines
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim() ?? ''
    );
  };
  const status = field('status');
  const extended = field('extended_status');
  return { uptimeMs: Number(seconds) * 1000, cloudInit: extended === '' ? status : extended, detail: field('detail') };
}

/** An uptime has a resolution of hundredths of a second, and may be that much longer. */
const resolutionMs = 10;

/** When a node was asked, on our monotonic clock; it read its uptime at some moment in between. */
export interface Asked {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/**
 * Whether a node has booted since a moment of our monotonic clock, by its own uptime: no clock of one machine is compared
 * with that of another.
 */
export function bootedSince(
  sinceMs: number,
  { uptimeMs }: BootState,
  { beforeMs, afterMs }: Asked,
): 'yes' | 'no' | 'unknown' {
  if (beforeMs - uptimeMs - resolutionMs >= sinceMs) return 'yes';
  return afterMs - uptimeMs < sinceMs ? 'no' : 'unknown';
}

/** How far cloud-init is: as in Omnia 2.3, error, degraded and disabled end the wait (omnia.md section 4.2). */
export function cloudInitOutcome({ cloudInit }: BootState): 'done' | 'failed' | 'pending' {
  if (cloudInit === 'done') return 'done';
  if (cloudInit.startsWith('error') || cloudInit === 'disabled' || cloudInit === 'degraded done') return 'failed';
  return 'pending';
}
