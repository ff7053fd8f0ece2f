import { secretsInUse } from '@omnia-buildstream/core/secrets/secretFilter';

/**
 * What the engine needs of a baseboard management controller (BMC): one connection per node, one call at a time. Every
 * call has the caller's signal, resolves to data, and rejects with BmcError for what a BMC or the way to it did.
 */
export interface BmcClient {
  /** A connection that has sent nothing yet. */
  connect(address: string): BmcConnection;
}

export interface BmcConnection {
  /** Asks for the service root, without credentials. */
  reach(signal: AbortSignal): Promise<ServiceIdentity>;
  /** Authenticates, once: after an `unauthorized` every later call fails without asking the BMC again. */
  login(signal: AbortSignal): Promise<void>;
  /** Whether the BMC takes orders (Lifecycle Controller of an iDRAC; other BMCs always do). */
  readiness(signal: AbortSignal): Promise<Readiness>;
  read(signal: AbortSignal): Promise<SystemState>;
  /** Makes the next boot (or every boot) a UEFI PXE boot. Idempotent. */
  setPxe(lasting: PxeLasting, signal: AbortSignal): Promise<void>;
  /**
   * Sends exactly one reset. `answer-lost` means that nobody knows whether it was carried out; every other reason, that it
   * certainly was not.
   */
  reset(kind: ResetKind, signal: AbortSignal): Promise<ResetAnswer>;
  /** Ends the session and closes the connection. Never rejects. */
  close(): Promise<void>;
}

export interface ServiceIdentity {
  readonly vendor: string;
  readonly product: string;
  readonly redfishVersion: string;
}

export interface Readiness {
  readonly ready: boolean;
  /** What the BMC says of itself, for people. */
  readonly detail: string;
}

export type PowerState = 'On' | 'Off' | 'PoweringOn' | 'PoweringOff' | 'Unknown';
export type PxeLasting = 'once' | 'continuous';
export type ResetKind = 'On' | 'ForceRestart' | 'GracefulRestart';

export interface SystemState {
  readonly power: PowerState;
  /** When the system was last reset, as the BMC writes it; undefined when it does not tell. */
  readonly lastResetTime: string | undefined;
  readonly override: BootOverride;
  /** What the service tag is according to the BMC; empty when it does not tell. */
  readonly serviceTag: string;
}

export interface BootOverride {
  readonly enabled: string;
  readonly target: string;
  readonly mode: string;
}

export interface ResetAnswer {
  /** `already`: the BMC says that the wanted state is reached, so nothing was done. */
  readonly outcome: 'accepted' | 'already';
}

/** Kinds of failure, in the words of redfish.md section 7. */
export type BmcReason =
  /** No connection, or it broke, or no answer in time. For a reset: certainly not sent. */
  | 'unreachable'
  /** The certificate is not the one that was agreed on. */
  | 'tls'
  /** Wrong user or password, or a session that is no longer valid. */
  | 'unauthorized'
  /** No login was tried: this BMC refused before. */
  | 'login-withheld'
  /** No login was tried: three BMCs refused these credentials. The stage stops. */
  | 'credentials-refused'
  /** Nobody gave credentials for this BMC. */
  | 'no-credentials'
  /** "Not ready", "try again": the same call may succeed later. */
  | 'not-ready'
  /** A job of its own keeps the BMC from taking orders. */
  | 'busy'
  /** It understood and refused. */
  | 'refused'
  /** The answer is not what Redfish says. */
  | 'protocol'
  /** A reset was sent, and its answer did not arrive or does not tell whether it was carried out. */
  | 'answer-lost';

export class BmcError extends Error {
  readonly reason: BmcReason;
  /** The time the BMC asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: BmcReason, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(secretsInUse.clean(message), { cause: options.cause });
    this.name = 'BmcError';
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }

  static is(error: unknown, ...reasons: readonly BmcReason[]): error is BmcError {
    return error instanceof BmcError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}
