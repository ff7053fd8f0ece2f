import { isJsonObject, textField } from '../text/jsonFields.ts';
import type { StateFileProblem, StateFileReading } from '../failedNodes/types.ts';

/** `restart_state.json`: what earlier runs of a job achieved (omnia.md section 3.1). */
export interface RestartState {
  /**
   * The image group the state belongs to. Omnia's file does not name it, because its state is in a folder per job and a
   * job has one image group; undefined then means the one that is asked for.
   */
  readonly imageGroup: string | undefined;
  /** ISO 8601; undefined when nothing was written yet. */
  readonly updatedAt: string | undefined;
  readonly previousInventory: readonly InventoryNode[];
  readonly bootedNodes: readonly BootedNode[];
}

export interface InventoryNode {
  readonly bmcIp: string;
  readonly hostname: string;
  readonly serviceTag: string;
}

export interface BootedNode {
  readonly bmcIp: string;
  readonly hostname: string;
  /** ISO 8601; undefined for a node that this plan marks and nobody has written yet. */
  readonly bootedAt: string | undefined;
  /** The operator set its status to `success`. A later failure does not take such a node out of the list. */
  readonly manuallyBooted: boolean;
}

export const emptyRestartState: RestartState = {
  imageGroup: undefined,
  updatedAt: undefined,
  previousInventory: [],
  bootedNodes: [],
};

/** Reads the parsed JSON of `restart_state.json`; missing lists are empty. */
export function readRestartState(value: unknown, imageGroup?: string): StateFileReading<RestartState> {
  if (!isJsonObject(value)) return { value: undefined, problems: [{ reason: 'not-an-object' }] };
  const booted = value['booted_nodes'] ?? [];
  if (!Array.isArray(booted)) return { value: undefined, problems: [{ reason: 'no-list' }] };
  const problems: StateFileProblem[] = [];
  const bootedNodes = (booted as readonly unknown[]).flatMap((entry, index): BootedNode[] => {
    const bmcIp = isJsonObject(entry) ? textField(entry, 'bmc_ip') : undefined;
    if (!isJsonObject(entry) || bmcIp === undefined) {
      problems.push({ reason: isJsonObject(entry) ? 'entry-without-bmc-ip' : 'entry-not-an-object', index });
      return [];
    }
    const hostname = textField(entry, 'hostname') ?? '';
    const bootedAt = textField(entry, 'booted_at');
    return [{ bmcIp, hostname, bootedAt, manuallyBooted: entry['manually_booted'] === true }];
  });
  if (problems.length > 0) return { value: undefined, problems };
  const updatedAt = textField(value, 'updated_at');
  return { value: { imageGroup, updatedAt, previousInventory: inventoryOf(value['previous_inventory']), bootedNodes } };
}

/** The inventory only serves to tell new nodes from others, so what cannot be read is left out. */
function inventoryOf(value: unknown): InventoryNode[] {
  const nodes = isJsonObject(value) ? value['nodes'] : undefined;
  if (!Array.isArray(nodes)) return [];
  return (nodes as readonly unknown[]).flatMap((entry): InventoryNode[] => {
    const bmcIp = isJsonObject(entry) ? textField(entry, 'bmc_ip') : undefined;
    if (!isJsonObject(entry) || bmcIp === undefined) return [];
    return [{ bmcIp, hostname: textField(entry, 'hostname') ?? '', serviceTag: textField(entry, 'service_tag') ?? '' }];
  });
}
