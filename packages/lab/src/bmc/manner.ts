import type { ResetType } from './power.ts';

/** How a BMC's firmware differs from its generation, without being broken (redfish.md section 9). */
export interface Manner {
  /** Which resource accepts the boot override; the other one refuses it and does not show it. */
  readonly overrideAt?: 'settings';
  /**
   * The mode of the override: `none` has no such property and refuses it, `refused` fails with 500 if it is sent,
   * `repeated` falls back to Legacy unless it is sent.
   */
  readonly mode?: 'none' | 'refused' | 'repeated';
  /** Responds to the override with 400 although it was set. */
  readonly refusesThoughSet?: boolean;
  /** `demanded`: 428 without If-Match. `strong`: weak tags never match. `changing`: a different tag at every read. */
  readonly etags?: 'demanded' | 'strong' | 'changing';
  /** Resets that the BMC accepts. */
  readonly resets?: readonly ResetType[];
  /** Whether an ActionInfo lists the resets. */
  readonly listsResetsElsewhere?: boolean;
  /**
   * What it reports about the machine: `none`, only its NICs, or default values of firmware without a serial number.
   */
  readonly names?: 'none' | 'nics' | 'placeholder';
  /** Number of other nodes of the same chassis that come before this one in Systems. */
  readonly neighbours?: number;
  /** Compresses responses although the client did not ask for it. */
  readonly packs?: boolean;
  /** Redirects paths without a trailing slash with 301, except for resets. */
  readonly slashes?: boolean;
  /** `refused`: opening a session results in an empty 401. `useless`: sessions open, but their tokens are refused. */
  readonly sessions?: 'refused' | 'useless';
  /** For this long after the start the server is in POST and refuses changes. */
  readonly inPostMs?: number;
  /** For this long after the start a person uses the screens of the Lifecycle Controller. */
  readonly lifecycleInUseMs?: number;
  /** Supports only TLS 1.1 or older, or no TLS. */
  readonly tls?: 'old' | 'none';
}
