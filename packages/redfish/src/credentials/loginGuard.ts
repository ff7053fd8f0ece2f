import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import type { Credential } from './credential.ts';

/** Number of BMCs that may refuse a credential before it is no longer used (redfish.md section 4, IP blocking). */
export const refusalLimit = 3;

interface Tally {
  refused: number;
  accepted: number;
  inFlight: number;
  readonly waiting: Set<() => void>;
}

/**
 * Prevents lockouts by wrong passwords. A BMC that refused a login is never asked again; a credential that
 * `refusalLimit` BMCs refused is not used again. To avoid contacting a whole fleet before the first responses arrive,
 * the number of concurrent logins is limited: to the refusals still allowed, plus one for each accepted login.
 */
export class LoginGuard {
  readonly #refusedBy = new Set<string>();
  readonly #tallies = new Map<Credential, Tally>();

  /** Runs one login attempt; `attempt` resolves to whether the BMC accepted it. @throws BmcError `unauthorized` etc. */
  async attempt(
    address: string,
    credential: Credential,
    signal: AbortSignal,
    attempt: () => Promise<boolean>,
  ): Promise<void> {
    const tally = this.#tallyOf(credential);
    await this.#enter(address, credential, tally, signal);
    try {
      if (await attempt()) tally.accepted++;
      else this.#refuse(address, credential);
    } finally {
      tally.inFlight--;
      wake(tally);
    }
    if (this.#refusedBy.has(address)) throw refusedError(credential);
  }

  /** Stops further requests to this BMC without counting against the credential. */
  withhold(address: string): void {
    this.#refusedBy.add(address);
  }

  /** Only for a refused login: a lost session says nothing about the password. */
  #refuse(address: string, credential: Credential): void {
    if (this.#refusedBy.has(address)) return;
    this.#refusedBy.add(address);
    this.#tallyOf(credential).refused++;
  }

  isRefused(address: string): boolean {
    return this.#refusedBy.has(address);
  }

  async #enter(address: string, credential: Credential, tally: Tally, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#refusedBy.has(address)) {
        throw new BmcError('login-withheld', phrase(bmcTexts.withheldLogin));
      }
      if (tally.refused >= refusalLimit) {
        throw new BmcError(
          'credentials-refused',
          phrase(bmcTexts.refusedElsewhere, { count: tally.refused, credentials: credential.label }),
        );
      }
      if (tally.inFlight < refusalLimit - tally.refused + tally.accepted) {
        // Synchronously, before other code can run and read the tally.
        tally.inFlight++;
        return;
      }
      await nextChange(tally, signal);
    }
  }

  #tallyOf(credential: Credential): Tally {
    let tally = this.#tallies.get(credential);
    if (tally === undefined) {
      tally = { refused: 0, accepted: 0, inFlight: 0, waiting: new Set() };
      this.#tallies.set(credential, tally);
    }
    return tally;
  }
}

export function refusedError(credential: Credential): BmcError {
  return new BmcError('unauthorized', phrase(bmcTexts.loginRefused, { credentials: credential.label }));
}

function wake(tally: Tally): void {
  const waiting = [...tally.waiting];
  tally.waiting.clear();
  for (const resume of waiting) resume();
}

function nextChange(tally: Tally, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const resume = (): void => {
      tally.waiting.delete(resume);
      unlisten();
      resolve();
    };
    const unlisten = onAbort(signal, resume);
    tally.waiting.add(resume);
  });
}
