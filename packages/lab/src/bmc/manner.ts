import type { ResetType } from './power.ts';

/** How a firmware differs from the one of its generation, without being broken (redfish.md section 9). */
export interface Manner {
  /** Which resource accepts the boot override; the other refuses it, and shows nothing of it. */
  readonly overrideAt?: 'settings';
  /**
   * The mode of the override: `none` has no such property and refuses it, `refused` fails with 500 on one, `repeated`
   * falls back to Legacy unless it is sent.
   */
  readonly mode?: 'none' | 'refused' | 'repeated';
  /** The override is answered with 400 although it was set. */
  readonly refusesThoughSet?: boolean;
  /** `demanded`: 428 without If-Match. `strong`: weak tags never match. `changing`: a different one at every read. */
  readonly etags?: 'demanded' | 'strong' | 'changing';
  /** Resets that it accepts. */
  readonly resets?: readonly ResetType[];
  /** They are listed in an ActionInfo. */
  readonly listsResetsElsewhere?: boolean;
  /**
   * What it reports about the machine: `none`, only its NICs, or the default values of a firmware without a serial
   * number.
   */
  readonly names?: 'none' | 'nics' | 'placeholder';
  /** This many more nodes of the same chassis come before this one in Systems. */
  readonly neighbours?: number;
  /** Responses are compressed without being asked for. */
  readonly packs?: boolean;
  /** Paths without a slash at the end are redirected with 301, but for resets. */
  readonly slashes?: boolean;
  /** Opening a session is answered with 401 and no word; or sessions are given, and their tokens refused. */
  readonly sessions?: 'refused' | 'useless';
  /** For this long after the start the server is in POST: changes are refused. */
  readonly inPostMs?: number;
  /** For this long after the start somebody is using the screens of the Lifecycle Controller. */
  readonly lifecycleInUseMs?: number;
  /** It speaks TLS 1.1 only, or none. */
  readonly tls?: 'old' | 'none';
}
