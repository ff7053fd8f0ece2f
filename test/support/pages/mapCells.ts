import type { MapCell } from '@omnia-buildstream/client/pages/fleetMap/cells';

/** A node as passed to the fleet map. */
export function mapCell(number: number, changes: Partial<MapCell> = {}): MapCell {
  const name = `node${String(number)}`;
  return {
    id: `n${String(number)}`,
    name,
    mark: 'booted',
    sections: { group: 'rack1', role: 'slurm_node_x86_64', parent: 'kube1' },
    spoken: `${name}, booted`,
    bmcIp: `172.17.${String(number >> 8)}.${String(number & 255)}`,
    serviceTag: `TAG${String(number)}`,
    context: 'node hasRow hasBmc',
    ...changes,
  };
}

/** This many nodes in this many racks. */
export function fleet(count: number, racks = 1): MapCell[] {
  return Array.from({ length: count }, (_, number) => {
    const group = `rack${String(number % racks)}`;
    return mapCell(number, { sections: { group, role: 'slurm_node_x86_64', parent: 'kube1' } });
  });
}
