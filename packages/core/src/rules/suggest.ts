import { adminAddressUse, adminNetworks } from '../context/adminAddress.ts';
import { formatIpv4, inNetwork, isIpv4, parseIpv4 } from '../mapping/addresses.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { nextAddress, nextInSeries } from '../mapping/series.ts';
import type { MappingRow } from '../mapping/row.ts';
import { groupIdentity, isKnownGroup } from '../mapping/functionalGroups.ts';
import { isGroupName } from '../mapping/groupNames.ts';
import { columnsOfKind, kindOf } from '../mapping/valueKind.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { isHostname } from './badHostname.ts';
import { fitsGroup, replaceValue, subject } from './helpers.ts';
import type { Finding, Fix, FixScope } from './rule.ts';
import type { Template } from '../text/message.ts';

/**
 * The next value for a cell: hostname and addresses continue those of a row nearby, skipping those in use; the role and
 * group of that row are repeated. Undefined where nothing can be known (tags, MACs).
 */
export function nextValue(scope: FixScope, row: MappingRow, column: ColumnName): string | undefined {
  const model = modelRow(scope, row, column);
  if (model === undefined) return undefined;
  const value = model.text[column];
  switch (column) {
    case 'FUNCTIONAL_GROUP_NAME':
    case 'GROUP_NAME':
      return value;
    case 'HOSTNAME':
      return nextInSeries(value, (candidate) => scope.find('HOSTNAME', candidate).length > 0);
    case 'ADMIN_IP':
    case 'BMC_IP':
    case 'IB_IP':
    case 'IB_IPV4':
      return nextFreeAddress(scope, column, value);
    default:
      return undefined;
  }
}

/** The next address after `address` that no row uses and, for ADMIN_IP, that network_spec.yml leaves free. */
export function nextFreeAddress(scope: FixScope, column: ColumnName, address: string): string | undefined {
  return nextAddress(address, (candidate) => isFreeAddress(scope, column, candidate));
}

/** Whether an address can be given to a row; the rows of `except` are about to get others. */
export function isFreeAddress(
  scope: FixScope,
  column: ColumnName | undefined,
  candidate: number,
  except: ReadonlySet<MappingRow> = new Set(),
): boolean {
  const { network } = scope.context;
  const text = formatIpv4(candidate);
  const columns = new Set<ColumnName>(['ADMIN_IP', 'BMC_IP', ...(column === undefined ? [] : [column])]);
  for (const each of columns) if (scope.find(each, text).some((row) => !except.has(row))) return false;
  const last = candidate % 256;
  if (network === undefined || column !== 'ADMIN_IP') return last !== 0 && last !== 255;
  return adminAddressUse(network, scope.version, candidate) === 'free';
}

/**
 * The row to go on from: the nearest above with a valid value in the column, else the nearest below. Hostnames go on
 * from a row of the same role where there is one (`login-2` is no name for a Slurm worker), addresses from one of the
 * same group: racks have their own ranges.
 */
function modelRow(scope: FixScope, row: MappingRow, column: ColumnName): MappingRow | undefined {
  const role = row.text.FUNCTIONAL_GROUP_NAME;
  const isUsable = (candidate: MappingRow): boolean => isValid(candidate.text[column], column, scope.version);
  const isSameRole = (candidate: MappingRow): boolean =>
    candidate.text.FUNCTIONAL_GROUP_NAME === role && isUsable(candidate);
  const group = row.text.GROUP_NAME;
  const isSameGroup = (candidate: MappingRow): boolean => candidate.text.GROUP_NAME === group && isUsable(candidate);
  const near = column === 'HOSTNAME' && role !== '' ? nearestRow(scope, row, isSameRole) : undefined;
  const inGroup = isAddress(column) && group !== '' ? nearestRow(scope, row, isSameGroup) : undefined;
  return near ?? inGroup ?? nearestRow(scope, row, isUsable);
}

function isAddress(column: ColumnName): boolean {
  return /_IP(?:V4)?$/.test(column);
}

function isValid(value: string, column: ColumnName, version: OmniaVersion): boolean {
  if (column === 'HOSTNAME') return isHostname(value, version);
  if (column === 'GROUP_NAME') return isGroupName(value, version);
  if (column === 'FUNCTIONAL_GROUP_NAME') return isRole(value, version);
  return value !== '' && (!isAddress(column) || isIpv4(value));
}

function isRole(value: string, version: OmniaVersion): boolean {
  return traitsOf(version).catalogRoles ? groupIdentity(value) !== undefined : isKnownGroup(value, version);
}

function nearestRow(
  scope: FixScope,
  row: MappingRow,
  isWanted: (candidate: MappingRow) => boolean,
): MappingRow | undefined {
  const { records } = scope.document;
  const from = scope.document.indexOf(row.record);
  for (const step of [-1, 1]) {
    for (let index = from + step; index >= 0 && index < records.length; index += step) {
      const record = records[index];
      const candidate = record === undefined ? undefined : scope.rowOf(record);
      if (candidate !== undefined && isWanted(candidate)) return candidate;
    }
  }
  return undefined;
}

/** A fix that fills in the next value, offered singly because it is a guess. */
export function suggestValue(finding: Finding, scope: FixScope, title: Template): Fix[] {
  const found = subject(finding, scope);
  if (found === undefined || isMisplaced(found.row)) return [];
  const { row, column } = found;
  const value = nextValue(scope, row, column);
  if (value === undefined || (isAboutGroups(column) && !fitsGroup(scope, row, { ...row.text, [column]: value })))
    return [];
  return replaceValue(finding, scope, value, title, false);
}

/**
 * Whether values are under the wrong columns: there is a cell too many, an address is where its kind is not expected, or
 * the only value is text that does not fit its column, such as a title.
 */
function isMisplaced({ surplus, text }: MappingRow): boolean {
  if (surplus > 0) return true;
  const filled = (Object.keys(text) as ColumnName[]).filter((column) => text[column] !== '');
  return filled.some((column) => {
    const kind = kindOf(text[column]);
    const isTelling = filled.length === 1 || kind === 'mac' || kind === 'ipv4';
    return isTelling && (kind === undefined || !columnsOfKind[kind].includes(column));
  });
}

function isAboutGroups(column: ColumnName): boolean {
  return column === 'GROUP_NAME' || column === 'FUNCTIONAL_GROUP_NAME';
}

/** A fix that puts the next free address after `address` into the cell of the finding. */
export function nextAddressFix(finding: Finding, scope: FixScope, address: string | undefined, title: Template): Fix[] {
  const { column } = finding.place;
  if (address === undefined || column === undefined) return [];
  const next = nextFreeAddress(scope, column, address);
  return next === undefined ? [] : replaceValue(finding, scope, next, title, false);
}

/** A fix for ADMIN_IP: the next free address of its own subnet, else of the first admin subnet. */
export function nextAddressInSubnet(finding: Finding, scope: FixScope, title: Template): Fix[] {
  const { network } = scope.context;
  const address = parseIpv4(subject(finding, scope)?.value ?? '');
  if (network === undefined || address === undefined) return [];
  const networks = adminNetworks(network, scope.version);
  const subnet = networks.find((candidate) => inNetwork(candidate, address)) ?? networks[0];
  if (subnet === undefined) return [];
  const inside = inNetwork(subnet, address) ? nextFreeAddress(scope, 'ADMIN_IP', formatIpv4(address)) : undefined;
  const next = inside ?? nextFreeAddress(scope, 'ADMIN_IP', formatIpv4(subnet.base));
  return next === undefined ? [] : replaceValue(finding, scope, next, title, false);
}
