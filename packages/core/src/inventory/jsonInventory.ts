import { bootNicOf, nameOf, writtenMac, type SeenHardware } from '../hardware/seen.ts';
import type { SourceTable } from '../mapping/sourceTable.ts';

type Fields = Readonly<Record<string, unknown>>;

/** More keys than any inventory has; what is nested deeper describes parts of a machine. */
const mostColumns = 200;
const deepest = 3;

/**
 * A table of a JSON inventory; undefined where it has no list of objects. What `buildstream hardware --json` writes is
 * known; of another file the longest list counts, and the names of its columns are the keys on the way to the value.
 */
export function jsonTable(value: unknown): SourceTable | undefined {
  const machines = hardwareRows(value);
  if (machines !== undefined) return machines;
  const objects = longestList(value, 0);
  if (objects.length === 0) return undefined;
  const flat = objects.map((one) => flatten(one, '', 0));
  const names = [...new Set(flat.flatMap((fields) => [...fields.keys()]))].slice(0, mostColumns);
  const rows = flat.map((fields) => names.map((name) => fields.get(name) ?? ''));
  return names.length < 2 ? undefined : { rows: [names, ...rows], width: names.length, leftOut: 0, isNamed: true };
}

const hardwareHeader = ['SERVICE_TAG', 'HOSTNAME', 'BMC_IP', 'BMC_MAC', 'ADMIN_MAC'] as const;

/** Machines that were compared with the rows of a file, and those that were found in a network. */
function hardwareRows(value: unknown): SourceTable | undefined {
  if (!isFields(value) || !Array.isArray(value['files'])) return undefined;
  const compared = value['files'].flatMap((file) => (isFields(file) ? listOf(file['machines']) : []));
  const rows = [...compared, ...listOf(value['found'])].flatMap((machine) => {
    const hardware = isFields(machine['hardware']) ? readHardware(machine['hardware']) : undefined;
    if (hardware === undefined) return [];
    const { bmcMac } = hardware;
    const boot = writtenMac(bootNicOf(hardware)?.mac ?? '');
    return [[nameOf(hardware), text(machine['hostname']), text(machine['bmcIp']), writtenMac(bmcMac), boot]];
  });
  return { rows: [[...hardwareHeader], ...rows], width: hardwareHeader.length, leftOut: 0, isNamed: true };
}

function readHardware(fields: Fields): SeenHardware {
  const nics = listOf(fields['nics']).map((nic) => {
    const boots = nic['bootsFromNetwork'];
    return {
      id: text(nic['id']),
      mac: text(nic['mac']),
      bootsFromNetwork: typeof boots === 'boolean' ? boots : undefined,
    };
  });
  return {
    serviceTag: text(fields['serviceTag']),
    serialNumber: text(fields['serialNumber']),
    bmcMac: text(fields['bmcMac']),
    nics,
  };
}

function longestList(value: unknown, depth: number): readonly Fields[] {
  if (Array.isArray(value)) return listOf(value);
  if (!isFields(value) || depth > deepest) return [];
  const lists = Object.values(value).map((each) => longestList(each, depth + 1));
  return lists.reduce((longest, list) => (list.length > longest.length ? list : longest), []);
}

/** Values by the keys that lead to them; of a list inside only its first object counts, such as the first BMC of a device. */
function flatten(fields: Fields, above: string, depth: number): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(fields)) {
    const name = above === '' ? key : `${above} ${key}`;
    const inner = Array.isArray(value) ? listOf(value)[0] : value;
    if (isFields(inner) && depth < deepest)
      for (const [path, each] of flatten(inner, name, depth + 1)) found.set(path, each);
    else if (text(inner) !== '') found.set(name, text(inner));
  }
  return found;
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
