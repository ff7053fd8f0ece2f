import { phrase } from '@omnia-buildstream/core/text/phrase';
import { bmcTexts } from '../bmcTexts.ts';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { onAbort } from '@omnia-buildstream/engine/time/onAbort';
import type { Credential } from './credential.ts';

/** BMCs that may refuse the same credential before nobody uses it any more (redfish.md section 4, IP blocking). */
export const refusalLimit = 3;

interface Tally {
  refused: number;
  accepted: number;
  inFlight: number;
  readonly waiting: Set<() => void>;
}

/**
 * Keeps wrong passwords from locking us out. A BMC that refused a login is never asked again; a credential that
 * `refusalLimit` BMCs refused is not used again. So that not a whole fleet is asked before the first answers arrive, the
 * logins in flight are limited: at first to the refusals still allowed, and by one more for each that was accepted.
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

  /** This BMC is not asked again; that says nothing of the credentials. */
  withhold(address: string): void {
    this.#refusedBy.add(address);
  }

  /** Of a login and nothing else: a session that is gone tells nothing of the password. */
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
        // At once, before anything else can run and look at the tally.
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
