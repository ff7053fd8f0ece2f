import { formatIpv4, networkOf, parseIpv4 } from '@omnia-buildstream/core/mapping/addresses';
import { forEachLimited } from '@omnia-buildstream/engine/concurrency/forEachLimited';
import { BmcError, type RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { BmcManager, Inventory, ManagedBmc } from '@omnia-buildstream/engine/ports/managedBmc';
import { DeadlineError, withDeadline } from '@omnia-buildstream/engine/time/deadline';

/** A BMC to ask; the row tells which system is meant where it manages several. */
export interface AskedBmc extends RowHardware {
  readonly bmcIp: string;
}

export interface HardwareWorld {
  readonly bmcs: BmcManager;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called as answers come. */
  readonly onSeen: (bmcIp: string, seen: SeenInventory) => void;
}

/** What one BMC said, with what only people want to know. */
export type SeenInventory = { readonly hardware: Inventory } | { readonly problem: string };

const atATime = 16;
/** For one BMC, logging in included; each NIC is a request. */
const limitMs = 120_000;

/** Reads the hardware behind BMCs, each once; changes nothing. Rejects only with the signal's reason. */
export async function readHardware(
  asked: readonly AskedBmc[],
  { bmcs, clock, signal, onSeen }: HardwareWorld,
): Promise<ReadonlyMap<string, SeenInventory>> {
  const found = new Map<string, SeenInventory>();
  const byAddress = new Map(asked.map((one) => [one.bmcIp, one]));
  await forEachLimited([...byAddress.values()], atATime, async (one) => {
    signal.throwIfAborted();
    const seen = await readOne(bmcs.manage(one.bmcIp, one), clock, signal);
    found.set(one.bmcIp, seen);
    onSeen(one.bmcIp, seen);
  });
  return found;
}

async function readOne(bmc: ManagedBmc, clock: Clock, signal: AbortSignal): Promise<SeenInventory> {
  try {
    return await withDeadline(clock, limitMs, signal, async (inner) => {
      await bmc.reach(inner);
      await bmc.login(inner);
      return { hardware: await bmc.inventory(inner) };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof BmcError || error instanceof DeadlineError) return { problem: error.message };
    throw error;
  } finally {
    await bmc.close();
  }
}

/** More addresses than a /22 has are not searched at once. */
const mostAddresses = 1_024;

/** The addresses of a network such as 10.6.0.0/24, without its own and that of its broadcast; undefined for anything else. */
export function addressesIn(network: string): readonly string[] | undefined {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(network.trim()) ?? [];
  const first = parseIpv4(address);
  const width = Number(bits);
  if (first === undefined || bits === '' || width > 32 || 2 ** (32 - width) > mostAddresses) return undefined;
  const { base } = networkOf(first, width);
  const all = Array.from({ length: 2 ** (32 - width) }, (_, index) => formatIpv4(base + index));
  return width >= 31 ? all : all.slice(1, -1);
}

/** What responds at an address: a BMC, or one that cannot be asked further, and why. */
export interface Discovered {
  readonly bmcIp: string;
  readonly product: string;
  /** Undefined: it can be logged in to. */
  readonly problem: string | undefined;
}

/** Nobody who is there needs longer for its root. */
const lookMs = 5_000;
const looksAtATime = 32;

/** Asks addresses for the root of Redfish, without logging in anywhere. Rejects only with the signal's reason. */
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
    // Only what shows that somebody is there counts.
    if (!BmcError.is(error, 'tls', 'tls-too-old', 'unauthorized')) return undefined;
    return { bmcIp, product: '', problem: error.message };
  } finally {
    await bmc.close();
  }
}
