import { phrase } from '@omnia-buildstream/core/text/phrase';
import type { Missing, NodeWatch, Report, ReportingNode, ReportSource } from '../ports/reports.ts';
import { nodeTexts } from './nodeTexts.ts';
import { portResponds, type PortSettings } from './tcpPort.ts';

export interface TcpProbeSettings extends PortSettings {
  readonly intervalMs: number;
}

/**
 * Checks on the nodes themselves whether they run, by connecting to a port of their admin address: 22, because a system
 * that accepts SSH connections has booted. A system that was running must be seen to go down first: until then the old
 * one responds. A port cannot distinguish an image from a disk; only SSH and phone-home can.
 */
export class TcpProbe implements ReportSource {
  readonly #settings: TcpProbeSettings;

  constructor(settings: TcpProbeSettings) {
    this.#settings = settings;
  }

  watch(node: ReportingNode): NodeWatch {
    return new PortWatch(this.#settings, node);
  }
}

class PortWatch implements NodeWatch {
  missing: Missing | undefined;
  readonly #settings: TcpProbeSettings;
  readonly #adminIp: string;
  #mustGoDown: boolean;

  constructor(settings: TcpProbeSettings, { adminIp, wasOn }: ReportingNode) {
    this.#settings = settings;
    this.#adminIp = adminIp;
    this.#mustGoDown = wasOn;
  }

  async reported(signal: AbortSignal): Promise<Report> {
    const place = { port: this.#settings.port, adminIp: this.#adminIp };
    for (;;) {
      const responds = await portResponds(this.#settings, this.#adminIp, signal);
      if (!responds) this.#mustGoDown = false;
      else if (!this.#mustGoDown) return { detail: phrase(nodeTexts.responds, place), confirm: () => undefined };
      const why = responds ? nodeTexts.neverClosed : nodeTexts.closed;
      this.missing = { failure: 'no-report', detail: phrase(why, place) };
      await this.#settings.clock.sleep(this.#settings.intervalMs, signal);
    }
  }

  oldIsGone(): void {
    this.#mustGoDown = false;
  }

  close(): void {
    // It holds no resources.
  }
}
