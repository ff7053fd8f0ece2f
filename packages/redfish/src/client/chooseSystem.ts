import { BmcError, type RowHardware } from '@omnia-buildstream/engine/ports/bmc';
import { judgeIdentity } from '@omnia-buildstream/engine/restart/identity';
import { hardwareOf, needsMacs, optional, readMacs } from './hardware.ts';
import { linksAt, objectAt, required, textAt, textsAt } from './json.ts';
import type { RedfishService } from './service.ts';

/** A member of the Systems collection. */
export interface Member {
  readonly path: string;
  readonly body: unknown;
}

/** More systems than any enclosure has; further ones are not read. */
const mostSystems = 64;

/**
 * The intended system. If there are several: the one that matches the row by service tag, serial number or NICs,
 * whether or not it can boot from the network; otherwise the only one that can (redfish.md section 9). Rejects with
 * `several-systems`, which names the candidates, if this is not conclusive.
 */
export async function chooseSystem(
  service: RedfishService,
  row: RowHardware | undefined,
  signal: AbortSignal,
): Promise<Member> {
  const { body } = await service.get(service.systems, signal);
  const paths = [...new Set(linksAt(body, 'Members'))].slice(0, mostSystems);
  const [only, ...further] = paths;
  if (further.length === 0) {
    const path = required(only, 'systems');
    return { path, body: (await service.get(path, signal)).body };
  }
  const listed: Member[] = [];
  // A listed system may be absent: a baseboard may be off.
  for (const path of paths) listed.push({ path, body: await optional(service, path, signal) });
  const members = listed.filter(({ body: read }) => read !== undefined);
  const bootable = members.filter(canBootPxe);
  const others = members.filter((member) => !bootable.includes(member));
  const ofRow = row === undefined ? [] : await firstMatching(service, row, [bootable, others], signal);
  const candidates = ofRow.length > 0 ? ofRow : bootable;
  const [found] = candidates;
  // A system that could not be read may be the one of the row, unless another one is.
  const isTold = ofRow.length > 0 || members.length === listed.length;
  if (found !== undefined && candidates.length === 1 && isTold) return found;
  throw new BmcError('several-systems', (candidates.length > 1 ? candidates : listed).map(nameOf).join(', '));
}

/** The matches in the first group that has any: a baseboard may have the names of its server. */
async function firstMatching(
  service: RedfishService,
  row: RowHardware,
  groups: readonly (readonly Member[])[],
  signal: AbortSignal,
): Promise<readonly Member[]> {
  for (const group of groups) {
    const found = await matching(service, row, group, signal);
    if (found.length > 0) return found;
  }
  return [];
}

async function matching(
  service: RedfishService,
  row: RowHardware,
  members: readonly Member[],
  signal: AbortSignal,
): Promise<readonly Member[]> {
  const isRows = (member: Member, macs?: readonly string[]): boolean =>
    judgeIdentity(row, hardwareOf(member.body, service.isDell, macs)).kind === 'same';
  const byName = members.filter((member) => isRows(member));
  if (byName.length > 0) return byName;
  const byNic: Member[] = [];
  for (const member of members) {
    if (!needsMacs(row, hardwareOf(member.body, service.isDell))) continue;
    if (isRows(member, await readMacs(service, member.body, signal))) byNic.push(member);
  }
  return byNic;
}

function canBootPxe({ body }: Member): boolean {
  if (objectAt(body, 'Actions', '#ComputerSystem.Reset') === undefined || objectAt(body, 'Boot') === undefined)
    return false;
  return textsAt(body, 'Boot', 'BootSourceOverrideTarget@Redfish.AllowableValues')?.includes('Pxe') ?? true;
}

/** A name by which people can tell the systems apart. */
function nameOf({ path, body }: Member): string {
  const id = textAt(body, 'Id') ?? path.slice(path.lastIndexOf('/') + 1);
  const serial = textAt(body, 'SKU') ?? textAt(body, 'SerialNumber') ?? '';
  return serial === '' ? id : `${id} (${serial})`;
}
