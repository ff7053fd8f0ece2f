import { networkDeviceIn, type NetworkDevice } from '@omnia-buildstream/engine/restart/networkBoot';
import { optional } from './hardware.ts';
import { linkAt, linksAt, textAt } from './json.ts';
import type { RedfishService } from './service.ts';

/** A boot option that boots from the network through one NIC. */
export interface NetworkBootOption extends NetworkDevice {
  /** In the form that UefiTargetBootSourceOverride of the boot override accepts. */
  readonly devicePath: string;
}

/** More than any firmware lists; further options are not read. */
const mostOptions = 64;

/** The network boot options of a system; undefined if it lists no boot options. */
export async function readBootOptions(
  service: RedfishService,
  system: unknown,
  signal: AbortSignal,
): Promise<readonly NetworkBootOption[] | undefined> {
  const collection = linkAt(system, 'Boot', 'BootOptions');
  if (collection === undefined) return undefined;
  const paths = linksAt(await optional(service, collection, signal), 'Members').slice(0, mostOptions);
  const found: NetworkBootOption[] = [];
  for (const path of paths) {
    const devicePath = textAt(await optional(service, path, signal), 'UefiDevicePath') ?? '';
    const device = networkDeviceIn(devicePath);
    if (device !== undefined) found.push({ ...device, devicePath });
  }
  return paths.length === 0 ? undefined : found;
}
