import type { Said } from '@omnia-buildstream/core/text/phrase';
import type { FoundBmc } from '@omnia-buildstream/core/hardware/newRows';
import { formatIpv4, networkOf, parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { Inventory, ManagedBmc } from '@omnia-buildstream/engine/ports/managedBmc';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { bmcsAtATime, withManagedBmc, type AskedBmc, type BmcWorld } from './managedBmcs.ts';

export interface HardwareWorld extends BmcWorld {
  /** Called for each response as it arrives. */
  readonly onSeen: (bmcIp: string, seen: SeenInventory) => void;
}

/** The hardware that one BMC reported, including details that are only for people, or the problem. */
export type SeenInventory = { readonly hardware: Inventory } | { readonly problem: Said };

/** Reads the hardware behind BMCs, each once; changes nothing. Rejects only with the signal's reason. */
export async function readHardware(
  asked: readonly AskedBmc[],
  { onSeen, ...world }: HardwareWorld,
): Promise<ReadonlyMap<string, SeenInventory>> {
  const found = new Map<string, SeenInventory>();
  const byAddress = new Map(asked.map((one) => [one.bmcIp, one]));
  await forEachLimited([...byAddress.values()], bmcsAtATime, async (one) => {
    world.signal.throwIfAborted();
    const read = await withManagedBmc(one, world, (bmc, signal) => bmc.inventory(signal));
    const seen = read instanceof BmcError ? { problem: read.said } : { hardware: read };
    found.set(one.bmcIp, seen);
    onSeen(one.bmcIp, seen);
  });
  return found;
}

/** At most as many addresses as a /22 has are searched at once. */
const mostAddresses = 1_024;

/**
 * The addresses of a network such as 10.6.0.0/24, without the network and broadcast addresses (a /31 or /32 has none).
 * Undefined if the text is not a network or the network is too large.
 */
export function addressesIn(network: string): readonly string[] | undefined {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(network.trim()) ?? [];
  const first = parseIpv4(address);
  const width = Number(bits);
  if (first === undefined || bits === '' || width > 32 || 2 ** (32 - width) > mostAddresses) return undefined;
  const { base } = networkOf(first, width);
  const all = Array.from({ length: 2 ** (32 - width) }, (_, index) => formatIpv4(base + index));
  return width >= 31 ? all : all.slice(1, -1);
}

/** What responds at an address: a BMC, or one that cannot be queried further, with the reason. */
export interface Discovered {
  readonly bmcIp: string;
  readonly product: string;
  /** Undefined if it is possible to log in. */
  readonly problem: Said | undefined;
}

/** A BMC that responds but was not read; its problem is empty if no login was attempted. */
export type Unread = Discovered & { readonly problem: Said };

/** Separates the BMCs that were read from those that were not, with the reason for each. */
export function sortRead(
  all: readonly Discovered[],
  seen: ReadonlyMap<string, SeenInventory>,
): { readonly found: readonly FoundBmc[]; readonly unread: readonly Unread[] } {
  const found: FoundBmc[] = [];
  const unread: Unread[] = [];
  for (const discovered of all) {
    const { bmcIp, problem } = discovered;
    const one = seen.get(bmcIp);
    if (one !== undefined && 'hardware' in one) found.push({ bmcIp, hardware: one.hardware });
    else unread.push({ ...discovered, problem: (one !== undefined && 'problem' in one ? one.problem : problem) ?? '' });
  }
  return { found, unread };
}

/** A BMC that exists returns its service root within this time. */
export const lookMs = 5_000;
const looksAtATime = 32;

/** Requests the Redfish service root from addresses, without logging in. Rejects only with the signal's reason. */
export async function discoverBmcs(
  addresses: readonly string[],
  { bmcs, clock, signal, onLook }: Omit<HardwareWorld, 'onSeen'> & { readonly onLook: () => void },
): Promise<readonly Discovered[]> {
  const found: Discovered[] = [];
  await forEachLimited(addresses, looksAtATime, async (bmcIp) => {
    signal.throwIfAborted();
    const one = await lookAt(bmcs.manage(bmcIp), bmcIp, clock, signal);
    if (one !== undefined) found.push(one);
    onLook();
  });
  const order = new Map(addresses.map((address, index) => [address, index]));
  return found.sort((a, b) => (order.get(a.bmcIp) ?? 0) - (order.get(b.bmcIp) ?? 0));
}

async function lookAt(
  bmc: ManagedBmc,
  bmcIp: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Discovered | undefined> {
  try {
    const { product, vendor } = await withDeadline(clock, lookMs, signal, (inner) => bmc.reach(inner));
    return { bmcIp, product: product === '' ? vendor : product, problem: undefined };
  } catch (error) {
    signal.throwIfAborted();
    // Only errors that prove that something responds count.
    if (!BmcError.is(error, 'tls', 'tls-too-old', 'unauthorized')) return undefined;
    return { bmcIp, product: '', problem: error.said };
  } finally {
    await bmc.close();
  }
}
