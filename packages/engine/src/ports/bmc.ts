import type { ResetKind } from '@omnia-buildstream/core/restart/resetKind';
import { statement } from '@omnia-buildstream/core/text/foreignText';
import { mapTexts, type Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';

/**
 * What the engine needs of a baseboard management controller (BMC): one connection per node, one call at a time. Every
 * call has the caller's signal and resolves to data.
 * @throws BmcError from each method, for what a BMC or the way to it did
 */
export interface BmcClient {
  /** A connection that has sent nothing yet. `row`: which machine is meant, for BMCs that manage several. */
  connect(address: string, row?: RowHardware): BmcConnection;
}

export interface BmcConnection {
  /** Asks for the service root, without credentials. */
  reach(signal: AbortSignal): Promise<ServiceIdentity>;
  /** Authenticates, once: after an `unauthorized` every later call fails without asking the BMC again. */
  login(signal: AbortSignal): Promise<void>;
  /** Whether the BMC accepts orders (Lifecycle Controller of an iDRAC; other BMCs always do). */
  readiness(signal: AbortSignal): Promise<Readiness>;
  read(signal: AbortSignal): Promise<SystemState>;
  /**
   * Makes the next boot (or every boot) a UEFI network boot, in whatever way this BMC accepts it. Idempotent. Resolves
   * to what the BMC shows afterwards, which is decisive: a response proves nothing.
   */
  setPxe(boot: NetworkBoot, signal: AbortSignal): Promise<SystemState>;
  /**
   * Restores the override from before the first `setPxe`. Resolves to whether the BMC shows that it is no longer a PXE
   * boot; true when nothing was set.
   */
  takeBackPxe(signal: AbortSignal): Promise<boolean>;
  /**
   * Sends exactly one reset. `answer-lost` means that it is unknown whether it was carried out; every other reason,
   * that it certainly was not.
   */
  reset(kind: ResetKind, signal: AbortSignal): Promise<ResetAnswer>;
  /** The time by the clock of the BMC, in epoch milliseconds; undefined: it does not report it. */
  timeNow(signal: AbortSignal): Promise<number | undefined>;
  /** What the BMC reports about a boot that failed. Only reads; what it does not provide is named. */
  findings(request: FindingsRequest, signal: AbortSignal): Promise<BootFindings>;
  /** Ends the session and closes the connection. Never rejects. */
  close(): Promise<void>;
}

export interface FindingsRequest {
  /** Of the NIC that the node boots from; empty: not known. */
  readonly adminMac: string;
  /** How long ago the reset was sent, in milliseconds; undefined: not known, as in a resumed run. */
  readonly sinceMs: number | undefined;
}

/** What a BMC may leave out. */
export type Unread = 'boot-progress' | 'link' | 'log' | 'post-code';

/** Texts as the BMC writes them. */
export interface BootFindings {
  /** Empty: none. */
  readonly bootProgress: string;
  /** Of the NIC with the ADMIN_MAC; undefined: not reported. */
  readonly link: 'up' | 'down' | undefined;
  /** Entries of its logs since the reset, the newest first. */
  readonly entries: readonly LogEntry[];
  /** The last since the reset; empty: none. */
  readonly postCode: string;
  /** What the BMC does not give. */
  readonly unread: readonly Unread[];
}

export interface LogEntry {
  /** As the BMC writes it, by its own clock. */
  readonly at: string;
  readonly text: string;
  /** `OK`, `Warning`, `Critical`, or empty. */
  readonly severity: string;
}

export interface ServiceIdentity {
  readonly vendor: string;
  readonly product: string;
  readonly redfishVersion: string;
}

export interface Readiness {
  readonly ready: boolean;
  /** What prevents it from taking orders, if it is more than starting up. */
  readonly reason?: 'lifecycle-in-use' | 'in-post';
  /** What the BMC says about itself, for people. */
  readonly detail: Said;
}

export type PowerState = 'On' | 'Off' | 'PoweringOn' | 'PoweringOff' | 'Unknown';
export type PxeLasting = 'once' | 'continuous';

/** How a node is to boot from the network. */
export interface NetworkBoot {
  readonly lasting: PxeLasting;
  readonly protocol: 'pxe' | 'http';
  /**
   * Boot from the NIC with this MAC address if the BMC can, which is for one boot only; undefined: in the firmware's
   * order.
   */
  readonly nicMac: string | undefined;
}

/** What a row of the mapping file says about its machine; empty: nothing. */
export interface RowHardware {
  readonly serviceTag: string;
  readonly adminMac: string;
}

/** What a BMC says about the machine that it manages. */
export interface Hardware {
  /** Of Dell's machines; empty elsewhere, and when the BMC does not report it. */
  readonly serviceTag: string;
  /** Of other machines: Dell has the board's there, which is in no row. Empty when the BMC does not report it. */
  readonly serialNumber: string;
  /** Of its NICs; undefined: they were not asked for. */
  readonly macs: readonly string[] | undefined;
}

export interface SystemState {
  readonly power: PowerState;
  /** When the system was last reset, as the BMC writes it; undefined when it does not report it. */
  readonly lastResetTime: string | undefined;
  readonly override: BootOverride;
  readonly hardware: Hardware;
  /** Kinds of reset that it accepts; undefined: it does not list them. */
  readonly resets: readonly ResetKind[] | undefined;
  /** How far the boot has come, in the words of the BMC; empty when it does not report it. */
  readonly bootProgress: string;
}

export interface BootOverride {
  readonly enabled: string;
  readonly target: string;
  readonly mode: string;
  /** The device of the target UefiTarget; empty: none. */
  readonly device: string;
  /**
   * Whether a new connection reads the place where this was shown: only then its absence will mean that it was used up.
   */
  readonly isWhereLooked: boolean;
}

export interface ResetAnswer {
  /** `already`: the BMC says that the wanted state has been reached, so nothing was done. */
  readonly outcome: 'accepted' | 'already';
  /** The ResetType as it was sent; never a stronger one than was asked for. */
  readonly sent: string;
}

/** Kinds of failure, in the words of redfish.md section 7. */
export type BmcReason =
  /** No connection, or it broke, or no response in time. For a reset: certainly not sent. */
  | 'unreachable'
  /** The certificate is not the one that was agreed on. */
  | 'tls'
  /** Wrong user or password, or a BMC that accepts neither its own session nor Basic. */
  | 'unauthorized'
  /** No login was tried: this BMC refused before. */
  | 'login-withheld'
  /** No login was tried: three BMCs refused these credentials. The stage stops. */
  | 'credentials-refused'
  /** Nobody gave credentials for this BMC. */
  | 'no-credentials'
  /** "Not ready", "try again": the same call may succeed later. */
  | 'not-ready'
  /** A job of its own prevents the BMC from taking orders. */
  | 'busy'
  /** The server is in POST, during which the BMC changes nothing. */
  | 'in-post'
  /** Somebody is using the Lifecycle Controller's screens. */
  | 'lifecycle-in-use'
  /** The account has to change its password, or still has the one it was shipped with. */
  | 'password-change'
  /** A license is missing for what was asked. */
  | 'licence'
  /** The configuration is locked. */
  | 'lock-down'
  /** The account may not do this. */
  | 'privilege'
  /** It offers only TLS versions that are too old to be safe. */
  | 'tls-too-old'
  /** It speaks plain HTTP. */
  | 'no-tls'
  /** Something other than Redfish responds. */
  | 'not-redfish'
  /** It manages several systems, and nothing says which one is meant. */
  | 'several-systems'
  /** It understood and refused. */
  | 'refused'
  /** The response is not what Redfish specifies. */
  | 'protocol'
  /** A reset was sent, and its response did not arrive or does not say whether it was carried out. */
  | 'answer-lost';

export class BmcError extends SaidError {
  readonly reason: BmcReason;
  /** The time the BMC asks to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: BmcReason, said: Said, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(mapTexts(said, statement), { cause: options.cause });
    this.name = 'BmcError';
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }

  static is(error: unknown, ...reasons: readonly BmcReason[]): error is BmcError {
    return error instanceof BmcError && (reasons.length === 0 || reasons.includes(error.reason));
  }
}
