import type { FoundBmc } from '@omnia-buildstream/core/hardware/newRows';
import type { BmcManager } from '@omnia-buildstream/engine/ports/managedBmc';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { discoverBmcs, readHardware, sortRead, type Discovered, type Unread } from '@omnia-buildstream/runner/hardware';
import { confirm } from '../confirm.ts';
import type { Io, Output } from '../io.ts';
import { formatTable } from '../table.ts';
import { withProgress } from './check.ts';
import type { HardwareOptions } from './options.ts';

interface World {
  /** Without credentials, and with those for the addresses given. */
  readonly bmcs: BmcManager;
  readonly loggedIn: (addresses: readonly string[]) => Promise<BmcManager>;
  readonly signal: AbortSignal;
  readonly people: Output;
  readonly io: Io;
}

export interface Discovery {
  readonly found: readonly FoundBmc[];
  /** What responds but could not be read. */
  readonly problems: readonly Unread[];
}

const nothing: Discovery = { found: [], problems: [] };

/** Looks for BMCs that no row has: asks before it contacts anything, and again before it logs in. */
export async function discover(
  { search, network = '', yes }: HardwareOptions,
  known: ReadonlySet<string>,
  { bmcs, loggedIn, signal, people, io }: World,
): Promise<Discovery> {
  const addresses = search.filter((address) => !known.has(address));
  if (addresses.length === 0) return nothing;
  const count = String(addresses.length);
  await people.write(`Asks ${count} addresses of ${network} for the root of Redfish, without logging in.\n`);
  if (!(await confirm(`Contact these ${count} addresses?`, yes, io))) return nothing;
  const all = await withProgress(addresses.length, io, (onLook) => {
    return discoverBmcs(addresses, { bmcs, clock: io.clock, signal, onLook });
  });
  if (all.length === 0) {
    await people.write('No other BMC responds there.\n');
    return nothing;
  }
  await people.write(`${formatTable(['BMC_IP', 'RESPONDS AS'], all.map(shown))}\n`);
  const usable = all.filter(({ problem }) => problem === undefined).map(({ bmcIp }) => bmcIp);
  const question = `Log in to ${String(usable.length)} of these to read their hardware?`;
  if (usable.length === 0 || !(await confirm(question, yes, io)))
    return { found: [], problems: sortRead(all, new Map()).unread };
  const asked = usable.map((bmcIp) => ({ bmcIp, serviceTag: '', adminMac: '' }));
  const manager = await loggedIn(usable);
  const seen = await withProgress(asked.length, io, (onSeen) => {
    return readHardware(asked, { bmcs: manager, clock: io.clock, signal, onSeen });
  });
  const { found, unread } = sortRead(all, seen);
  // The others were shown along with what they responded.
  const refused = unread.filter(({ bmcIp }) => usable.includes(bmcIp));
  await people.write(
    refused.map(({ bmcIp, problem }) => `${bmcIp}: not read: ${plainLine(wordsOf(problem))}\n`).join(''),
  );
  return { found, problems: unread };
}

function shown({ bmcIp, product, problem }: Discovered): readonly string[] {
  return [bmcIp, problem === undefined ? product : plainLine(wordsOf(problem))];
}
