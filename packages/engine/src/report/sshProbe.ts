import { phrase, together } from '@omnia-buildstream/core/text/phrase';
import { Slots } from '../concurrency/slots.ts';
import {
  NotBooted,
  type Missing,
  type NodeWatch,
  type Report,
  type ReportingNode,
  type ReportSource,
} from '../ports/reports.ts';
import { DeadlineError, withDeadline } from '../time/deadline.ts';
import { print, type Login } from '../validate/probes/login.ts';
import {
  bootedSince,
  bootStateCommand,
  bootStateIn,
  cloudInitOutcome,
  type Asked,
  type BootState,
} from './bootState.ts';
import { nodeTexts } from './nodeTexts.ts';
import { portResponds, type PortSettings } from './tcpPort.ts';

export interface SshProbeSettings extends Omit<PortSettings, 'port'> {
  readonly login: Login;
  readonly intervalMs: number;
  /** For one login with its command. */
  readonly loginTimeoutMs: number;
  /** Logins at the same time; each is a process. */
  readonly concurrency: number;
  /** Whether the port of SSH responds; tests bring their own. */
  readonly responds?: typeof portResponds;
}

/**
 * Logs in to the nodes and asks them, as Omnia 2.3 does (omnia.md section 4.2): booted since the reset by their own
 * uptime, and cloud-init done.
 */
export class SshProbe implements ReportSource {
  readonly #settings: SshProbeSettings;
  readonly #slots: Slots;

  constructor(settings: SshProbeSettings) {
    this.#settings = settings;
    this.#slots = new Slots(settings.concurrency);
  }

  watch(node: ReportingNode): NodeWatch {
    return new SshWatch(this.#settings, this.#slots, node);
  }
}

class SshWatch implements NodeWatch {
  missing: Missing | undefined;
  readonly #settings: SshProbeSettings;
  readonly #slots: Slots;
  readonly #node: ReportingNode;
  readonly #beganMs: number;
  #mustGoDown: boolean;

  constructor(settings: SshProbeSettings, slots: Slots, node: ReportingNode) {
    this.#settings = settings;
    this.#slots = slots;
    this.#node = node;
    this.#beganMs = settings.clock.monotonic();
    this.#mustGoDown = node.wasOn;
  }

  async reported(signal: AbortSignal): Promise<Report> {
    const { clock, intervalMs } = this.#settings;
    for (;;) {
      const seen = await this.#look(signal);
      if (seen === undefined) {
        return { detail: phrase(nodeTexts.booted, { adminIp: this.#node.adminIp }), confirm: () => undefined };
      }
      this.missing = seen;
      await clock.sleep(intervalMs, signal);
    }
  }

  oldIsGone(): void {
    this.#mustGoDown = false;
  }

  close(): void {
    // It holds no resources.
  }

  /** Undefined: it has booted. */
  async #look(signal: AbortSignal): Promise<Missing | undefined> {
    const { login, responds = portResponds } = this.#settings;
    const { adminIp } = this.#node;
    const { port } = login.settings;
    if (!(await responds({ ...this.#settings, port }, adminIp, signal))) {
      this.#mustGoDown = false;
      return { failure: 'ssh-unreachable', detail: phrase(nodeTexts.closed, { port, adminIp }) };
    }
    const answer = await this.#ask(signal);
    return 'failure' in answer ? answer : this.#judge(bootStateIn(answer.text), answer);
  }

  async #ask(signal: AbortSignal): Promise<Missing | (Asked & { readonly text: string })> {
    const { clock, login, loginTimeoutMs } = this.#settings;
    const slot = await this.#slots.acquire('new', signal);
    const beforeMs = clock.monotonic();
    try {
      const printed = await withDeadline(clock, loginTimeoutMs, signal, (inner) => {
        return print(login, this.#node.adminIp, bootStateCommand, inner);
      });
      if ('text' in printed) return { text: printed.text, beforeMs, afterMs: clock.monotonic() };
      const { outcome, message, advice } = printed.finding;
      if (outcome === 'error') return { failure: 'ssh-refused', detail: together([message, phrase(advice)], '. ') };
      return { failure: 'ssh-unreachable', detail: message };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof DeadlineError)) throw error;
      return { failure: 'ssh-unreachable', detail: error.said };
    } finally {
      slot.release();
    }
  }

  #judge(state: BootState | undefined, asked: Asked): Missing | undefined {
    if (state === undefined) return { failure: 'ssh-refused', detail: phrase(nodeTexts.noUptime) };
    if (!this.#isFresh(state, asked)) {
      return { failure: 'old-boot', detail: phrase(nodeTexts.upFor, { duration: durationOf(state.uptimeMs) }) };
    }
    const { cloudInit, detail } = state;
    const status = cloudInit === '' ? phrase(nodeTexts.noStatus) : phrase(nodeTexts.status, { status: cloudInit });
    const words = together([status, detail], ', ');
    switch (cloudInitOutcome(state)) {
      case 'done':
        return undefined;
      case 'failed':
        throw new NotBooted({ failure: 'cloud-init-failed', detail: words });
      case 'pending':
        return { failure: 'cloud-init-unfinished', detail: words };
    }
  }

  /**
   * After a kill it is unknown when the reset was sent: then either the old system is gone, or its boot is later than
   * our watch.
   */
  #isFresh(state: BootState, asked: Asked): boolean {
    const { resetMs } = this.#node;
    if (resetMs === undefined && !this.#mustGoDown) return true;
    return bootedSince(resetMs ?? this.#beganMs, state, asked) === 'yes';
  }
}

function durationOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 2) return `${String(Math.round(ms / 1000))} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 2 ? `${String(minutes)} min` : `${String(hours)} h`;
}
