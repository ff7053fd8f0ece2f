import type { MappingRow } from '../mapping/row.ts';
import type { Target } from '../plan/targets.ts';
import type { MappingModel } from '../validation/model.ts';

/** The same as `targetsOf` of the text, from a file that is read already. */
export function modelTargets(model: MappingModel): Target[] {
  return [...model.rows].map((row) => targetOf(model, row));
}

export function targetOf({ document }: MappingModel, { record, text }: MappingRow): Target {
  return {
    bmcIp: text.BMC_IP,
    hostname: text.HOSTNAME,
    serviceTag: text.SERVICE_TAG,
    functionalGroup: text.FUNCTIONAL_GROUP_NAME,
    groupName: text.GROUP_NAME,
    adminIp: text.ADMIN_IP,
    adminMac: text.ADMIN_MAC,
    line: document.lineOf(document.indexOf(record)),
  };
}
