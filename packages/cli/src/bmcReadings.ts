import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { askBmcs, type BmcReading } from '@omnia-buildstream/runner/oim/reachability';
import type { Io } from './io.ts';

/** By BMC_IP. */
export type BmcReadings = ReadonlyMap<string, BmcReading>;

/**
 * Asks BMCs whether they respond, without logging in. @param port undefined: nobody asked for it, so none is contacted
 */
export async function bmcReadings(
  addresses: readonly string[],
  port: number | undefined,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<BmcReadings> {
  if (port === undefined) return new Map();
  const nobody = () => Promise.resolve(undefined);
  const access = { credentials: nobody, tls: { ca: undefined, pins: [] }, port, requestTimeoutMs: undefined };
  const client = new RedfishClient(bmcAccess(access, io));
  const readings = await askBmcs(client, addresses, { clock: io.clock, signal });
  return new Map(readings.map((reading) => [reading.bmcIp, reading]));
}
