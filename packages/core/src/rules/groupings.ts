import { normaliseMac } from '../mapping/addresses.ts';
import { groupIdentity, layerOf } from '../mapping/functionalGroups.ts';
import type { Grouping } from './rule.ts';

/** Groupings that several rules share: rows are put together once, however many rules compare them. */

/** Rows with the same hostname when case is ignored; values are the spellings. */
export const byHostname: Grouping = {
  judgesSingles: false,
  place(row, { add }) {
    const value = row.text.HOSTNAME;
    if (value !== '') add(value.toLowerCase(), value);
  },
};

/** Rows with the same service tag when case is ignored; values are the spellings. */
export const byServiceTag: Grouping = {
  judgesSingles: false,
  place(row, { add }) {
    const value = row.text.SERVICE_TAG;
    if (value !== '') add(value.toUpperCase(), value);
  },
};

/** Rows with the same MAC in any spelling; values are the columns that hold it. */
export const byMac: Grouping = {
  judgesSingles: false,
  place(row, { add }) {
    const { ADMIN_MAC: admin, BMC_MAC: bmc } = row.text;
    if (admin !== '') add(normaliseMac(admin), 'ADMIN_MAC');
    if (bmc !== '') add(normaliseMac(bmc), 'BMC_MAC');
  },
};

/** Rows with the same admin or BMC address, as text; values are the columns that hold it. */
export const byAddress: Grouping = {
  judgesSingles: false,
  place(row, { add }) {
    const { ADMIN_IP: admin, BMC_IP: bmc } = row.text;
    if (admin !== '') add(admin, 'ADMIN_IP');
    if (bmc !== '') add(bmc, 'BMC_IP');
  },
};

/**
 * Rows with the same parent; values are `compute` for the rows whose parent 2.1 and 2.2 check, else `other`. A row with
 * that tag belongs to the outcome too, so it touches the bucket.
 */
export const byParent: Grouping = {
  judgesSingles: true,
  place(row, { add, touch }, scope) {
    const { SERVICE_TAG: tag, PARENT_SERVICE_TAG: parent, FUNCTIONAL_GROUP_NAME: role } = row.text;
    if (tag !== '') touch(tag);
    if (parent === '') return;
    const isChecked = layerOf(role, scope.version) === 'compute' && !role.startsWith('os_');
    add(parent, isChecked ? 'compute' : 'other');
  },
};

/** Slurm controllers, workers and their login nodes; values are the roles, `login` for both kinds of the last. */
export const bySlurmRole: Grouping = {
  judgesSingles: true,
  place(row, { add }) {
    const role = groupIdentity(row.text.FUNCTIONAL_GROUP_NAME)?.role;
    if (role === 'slurm_node' || role === 'slurm_control_node') add('slurm', role);
    else if (role === 'login_node' || role === 'login_compiler_node') add('slurm', 'login');
  },
};

/** Kubernetes control planes and workers; values are the roles. */
export const byKubeRole: Grouping = {
  judgesSingles: true,
  place(row, { add }) {
    const role = groupIdentity(row.text.FUNCTIONAL_GROUP_NAME)?.role;
    if (role === undefined) return;
    if (role.startsWith('service_kube_control_plane')) add('kube', 'service_kube_control_plane');
    else if (role === 'service_kube_node') add('kube', role);
  },
};
