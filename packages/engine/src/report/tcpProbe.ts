import { once } from 'node:events';
import { connect } from 'node:net';
import { isIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import type { Clock } from '../ports/clock.ts';
import { withDeadline } from '../time/deadline.ts';
import type { NodeWatch, Report, ReportingNode, ReportSource } from '../ports/reports.ts';

export interface TcpProbeSettings {
  readonly clock: Clock;
  /** 22: a system that takes SSH connections has booted. */
  readonly port: number;
  readonly intervalMs: number;
  readonly connectTimeoutMs: number;
}

/**
 * Asks the nodes themselves whether they run, by connecting to a port of their admin address. A system that was running
 * must be seen to go down first: until then the old one answers. A probe cannot tell an image from a disk; only
 * phone-home can.
 */
export class TcpProbe implements ReportSource {
  readonly #settings: TcpProbeSettings;

  constructor(settings: TcpProbeSettings) {
    this.#settings = settings;
  }

  watch(node: ReportingNode): NodeWatch {
    return { reported: (signal) => this.#probe(node, signal), close: () => undefined };
  }

  async #probe({ adminIp, wasOn }: ReportingNode, signal: AbortSignal): Promise<Report> {
    const { clock, port, intervalMs } = this.#settings;
    let mustGoDown = wasOn;
    for (;;) {
      signal.throwIfAborted();
      const isUp = isIpv4(adminIp) && (await this.#answers(adminIp, signal));
      if (isUp && !mustGoDown)
        return { detail: `port ${String(port)} of ${adminIp} answers`, confirm: () => undefined };
      if (!isUp) mustGoDown = false;
      await clock.sleep(intervalMs, signal);
    }
  }

  /** Whether a connection comes about in time. Rejects with the signal's reason. */
  async #answers(host: string, signal: AbortSignal): Promise<boolean> {
    const { clock, port, connectTimeoutMs } = this.#settings;
    try {
      await withDeadline(clock, connectTimeoutMs, signal, (inner) => connectOnce(host, port, inner));
      return true;
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }
}

/** Connects and hangs up. */
async function connectOnce(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal });
  } finally {
    socket.on('error', () => undefined);
    socket.destroy();
  }
}
