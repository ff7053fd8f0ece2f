import type { LabRequest } from './exchange.ts';
import type { BmcRecord } from './record.ts';
import { Sessions, type LabSession } from './sessions.ts';
import type { LabBmcSettings } from './settings.ts';

/** Access to a BMC: sessions and Basic, with a lockout after failed attempts, even for the right password. */
export class Authenticator {
  readonly sessions: Sessions;
  readonly #settings: LabBmcSettings;
  readonly #record: BmcRecord;
  /** Whether the BMC accepts the tokens of its sessions. */
  areTokensTaken = true;
  #isOtherPassword: boolean;
  /** Refused logins that no longer count. */
  #forgiven = 0;

  constructor(settings: LabBmcSettings, record: BmcRecord, isOtherPassword: boolean) {
    this.#settings = settings;
    this.#record = record;
    this.#isOtherPassword = isOtherPassword;
    this.sessions = new Sessions(settings.clock, settings.sessionLimit, settings.sessionTimeoutMs);
  }

  isAllowed({ token, basic }: LabRequest): boolean {
    if (token !== undefined) return this.areTokensTaken && this.sessions.isOpen(token);
    return basic !== undefined && this.#accepts(basic.user, basic.password);
  }

  /** `refused`, `full`, or the new session. */
  login(user: string, password: string): LabSession | 'refused' | 'full' {
    if (!this.#accepts(user, password)) return 'refused';
    return this.sessions.open(user) ?? 'full';
  }

  /** Sets the right password and ends a lockout. */
  repair(): void {
    this.#isOtherPassword = false;
    this.#forgiven = this.#record.refusedLogins;
  }

  #accepts(user: string, password: string): boolean {
    const { lockOutAfter, user: rightUser, password: rightPassword } = this.#settings;
    this.#record.logins++;
    if (this.#record.refusedLogins > 0) this.#record.loginsAfterRefusal++;
    const isLocked = this.#record.refusedLogins - this.#forgiven >= lockOutAfter;
    const isRight = !this.#isOtherPassword && user === rightUser && password === rightPassword;
    if (isRight && !isLocked) return true;
    this.#record.refusedLogins++;
    return false;
  }
}
