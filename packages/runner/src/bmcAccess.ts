import type { TlsPolicy } from '@omnia-buildstream/http/tls/policy';
import type { RedfishSettings } from '@omnia-buildstream/redfish/client/redfishClient';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import { thisMachine, type Machine } from './machine.ts';

/** How BMCs are reached, and with which credentials. */
export interface BmcAccess {
  readonly credentials: CredentialSource;
  readonly tls: TlsPolicy;
  readonly port: number;
  /** Limit for one request; undefined: the client's default. */
  readonly requestTimeoutMs: number | undefined;
}

/** Settings of a Redfish client with this machine's clock and random numbers. */
export function bmcAccess(
  { requestTimeoutMs, ...access }: BmcAccess,
  { clock, limitClock = clock, random }: Pick<Machine, 'clock' | 'limitClock' | 'random'> = thisMachine,
): RedfishSettings {
  const limit = requestTimeoutMs === undefined ? {} : { requestTimeoutMs };
  return { ...access, ...limit, clock, limitClock, random };
}
