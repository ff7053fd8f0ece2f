import type { BootApi, BootShown } from './bootApi.ts';
import type { OpenchamiService } from './service.ts';
import { paths, smdInventory, type SmdInventory } from './smd.ts';

/** What SMD and the service with the boot parameters show at one point in time. */
export interface Inventory extends SmdInventory {
  readonly boot: BootShown;
}

/** Reads everything at once, with three requests for any number of nodes. */
export async function readInventory(service: OpenchamiService, api: BootApi, signal: AbortSignal): Promise<Inventory> {
  const [components, interfaces, boot] = await Promise.all([
    service.read(paths.components, signal),
    service.read(paths.interfaces, signal),
    service.read(api.path, signal),
  ]);
  return { ...smdInventory(components, interfaces), boot: api.shownIn(boot) };
}
