/** Mapping files of any size, always identical for the same number of rows. */

const header =
  'FUNCTIONAL_GROUP_NAME,GROUP_NAME,SERVICE_TAG,PARENT_SERVICE_TAG,HOSTNAME,ADMIN_MAC,ADMIN_IP,BMC_MAC,BMC_IP,IB_NIC_NAME,IB_IP';

/** Covers the addresses of the generated rows, so that every check runs and none reports anything. */
export const networkSpec = `Networks:
  - admin_network:
      subnet: "10.0.0.0"
      netmask_bits: "8"
      primary_oim_admin_ip: "10.0.0.4"
      router: "10.0.0.1"
      dynamic_range: "10.200.0.0-10.200.255.255"
  - ib_network:
      subnet: "11.0.0.0"
      netmask_bits: "8"
`;

/**
 * A Slurm cluster without errors, about 137 bytes per row.
 * @param {number} rows
 */
export function mappingFile(rows) {
  const lines = [header];
  for (let i = 1; i <= rows; i++) {
    const [role, group] =
      i === 1
        ? ['slurm_control_node_x86_64', 'grp0']
        : i === 2
          ? ['login_node_x86_64', 'SU1']
          : ['slurm_node_x86_64', `grp${1 + (i % 100)}`];
    const tag = `SV${i.toString(36).toUpperCase().padStart(5, '0')}`;
    const name = `node${String(i).padStart(6, '0')}`;
    const mac = i.toString(16).padStart(6, '0').replace(/../g, ':$&');
    lines.push(
      `${role},${group},${tag},,${name},00:11:22${mac},${ip(10, i)},00:11:33${mac},${ip(172, i)},InfiniBand.Slot.1-1,${ip(11, i)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/**
 * @param {number} first
 * @param {number} index
 */
function ip(first, index) {
  const low = index + 256;
  return [first, (low >> 16) & 255, (low >> 8) & 255, low & 255].join('.');
}

/**
 * A random source with a fixed seed (mulberry32), so that runs are comparable.
 * @param {number} seed
 * @returns {(below: number) => number} a whole number from 0 up to but not including `below`
 */
export function randomSource(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
