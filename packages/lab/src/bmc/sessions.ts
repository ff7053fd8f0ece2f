import type { Clock } from '@omnia-buildstream/engine/ports/clock';

export interface LabSession {
  readonly id: string;
  readonly token: string;
  readonly user: string;
  lastUsedMs: number;
}

/** The sessions of one BMC: their number is small, and unused ones time out (redfish.md section 4). */
export class Sessions {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #timeoutMs: number;
  readonly #sessions = new Map<string, LabSession>();
  #lastId = 0;

  constructor(clock: Clock, limit: number, timeoutMs: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#timeoutMs = timeoutMs;
  }

  /** Undefined if all sessions are taken. */
  open(user: string): LabSession | undefined {
    this.#expire();
    if (this.#sessions.size >= this.#limit) return undefined;
    const id = String(++this.#lastId);
    const session = { id, user, token: crypto.randomUUID().replaceAll('-', ''), lastUsedMs: this.#clock.now() };
    this.#sessions.set(id, session);
    return session;
  }

  isOpen(token: string): boolean {
    this.#expire();
    const found = this.list().find((session) => session.token === token);
    if (found !== undefined) found.lastUsedMs = this.#clock.now();
    return found !== undefined;
  }

  close(id: string): boolean {
    return this.#sessions.delete(id);
  }

  /** Ends all sessions because the BMC has restarted. */
  forget(): void {
    this.#sessions.clear();
  }

  list(): readonly LabSession[] {
    return [...this.#sessions.values()];
  }

  #expire(): void {
    const oldest = this.#clock.now() - this.#timeoutMs;
    for (const { id, lastUsedMs } of this.#sessions.values()) if (lastUsedMs < oldest) this.#sessions.delete(id);
  }
}
