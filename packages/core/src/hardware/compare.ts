import { CsvDocument } from '../csv/document.ts';
import { isBlank, isComment } from '../csv/record.ts';
import { setCell } from '../csv/edits.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { readLayout, type Layout } from '../mapping/layout.ts';
import { readRow, type MappingRow } from '../mapping/row.ts';
import { isConflictMark, isEmptyRow } from '../mapping/skipped.ts';
import type { OmniaVersion } from '../mapping/versions.ts';
import { phrase, type Phrase } from '../text/phrase.ts';
import type { Range, TextEdit } from '../text/position.ts';
import { strip } from '../text/pythonText.ts';
import { bootNicOf, cleanMac, cleanName, nameOf, writtenMac, type Seen, type SeenHardware } from './seen.ts';

export const hardwareTexts = {
  serviceTag: 'The BMC says {value}.',
  mac: 'The machine has no NIC with this address. The BMC lists {macs}.',
  noBoot: 'The BMC lists no network boot for this NIC.',
  bmcMac: 'The BMC says {value}.',
  swapped: 'The machine of {host} responds here, and that of this row there: their BMC_IPs are swapped.',
  ofOther: 'The machine of {host} responds at this BMC_IP.',
  notAsked: 'Not compared: {why}',
  fill: 'The BMC says {value}; the cell is empty.',
  swap: 'Swap BMC_IP with {host}',
  change: "Change to '{value}'",
  fillIn: 'Fill in {value}',
} as const;

/** Kinds of difference between a row and the machine behind its BMC_IP. */
export type HardwareCode =
  | 'service-tag'
  | 'admin-mac'
  | 'no-network-boot'
  | 'bmc-mac'
  | 'swapped'
  | 'of-other-row'
  | 'empty-cell'
  | 'not-compared';

export interface HardwareFinding {
  readonly code: HardwareCode;
  readonly level: 'error' | 'warning' | 'information';
  /** Hostname and BMC_IP of the row. */
  readonly host: string;
  readonly bmcIp: string;
  readonly column: ColumnName;
  readonly range: Range;
  readonly message: Phrase;
  readonly fixes: readonly HardwareFix[];
}

export interface HardwareFix {
  readonly title: Phrase;
  readonly edits: readonly TextEdit[];
}

/** A row that has a BMC_IP, with what its BMC said. */
interface Compared {
  readonly row: MappingRow;
  readonly bmcIp: string;
  readonly seen: Seen | undefined;
}

/**
 * Compares the rows of a mapping file with what their BMCs say; rows whose BMC was not asked have no findings. Changes
 * nothing: each difference is a finding on its cell, with a fix where that is certain.
 */
export function compareHardware(
  text: string,
  version: OmniaVersion,
  seen: ReadonlyMap<string, Seen>,
): readonly HardwareFinding[] {
  const document = new CsvDocument(text);
  const layout = readLayout(document, version);
  const rows = rowsIn(document, layout, seen);
  const file = new ComparedFile(document, layout, rows);
  return rows.flatMap((one) => file.findingsOf(one));
}

/** Fills the empty cells that the BMCs know, and nothing else. */
export function fillEdits(findings: readonly HardwareFinding[]): readonly TextEdit[] {
  return findings.flatMap(({ code, fixes: [fix] }) => (code === 'empty-cell' && fix !== undefined ? fix.edits : []));
}

function rowsIn(document: CsvDocument, layout: Layout, seen: ReadonlyMap<string, Seen>): readonly Compared[] {
  return document.records.flatMap((record, index) => {
    const isNone = index <= layout.headerIndex || isBlank(record) || isComment(record) || isConflictMark(record);
    if (layout.headerIndex < 0 || isNone || isEmptyRow(record)) return [];
    const row = readRow(record, layout);
    const bmcIp = strip(row.bmcKey);
    return bmcIp === '' ? [] : [{ row, bmcIp, seen: seen.get(bmcIp) }];
  });
}

class ComparedFile {
  readonly #document: CsvDocument;
  readonly #layout: Layout;
  /** The row whose SERVICE_TAG, or else ADMIN_MAC, a machine has. */
  readonly #byName = new Map<string, Compared>();
  readonly #byMac = new Map<string, Compared>();
  /** The rows at whose BMC_IP a machine responds. */
  readonly #at = new Map<string, Compared[]>();

  constructor(document: CsvDocument, layout: Layout, rows: readonly Compared[]) {
    this.#document = document;
    this.#layout = layout;
    for (const one of rows) {
      const name = cleanName(one.row.text.SERVICE_TAG);
      const mac = cleanMac(one.row.text.ADMIN_MAC);
      if (name !== '' && !this.#byName.has(name)) this.#byName.set(name, one);
      if (mac !== '' && !this.#byMac.has(mac)) this.#byMac.set(mac, one);
      const seen = one.seen !== undefined && 'hardware' in one.seen ? cleanName(nameOf(one.seen.hardware)) : '';
      if (seen !== '') this.#at.set(seen, [...(this.#at.get(seen) ?? []), one]);
    }
  }

  findingsOf(one: Compared): readonly HardwareFinding[] {
    const { seen } = one;
    if (seen === undefined) return [];
    if ('problem' in seen) {
      return [this.#finding(one, 'BMC_IP', 'not-compared', phrase(hardwareTexts.notAsked, { why: seen.problem }))];
    }
    const owner = this.#ownerOf(seen.hardware) ?? this.#twinOf(one, seen.hardware);
    if (owner !== undefined && owner !== one && !this.#isRows(one, seen.hardware)) return [this.#misplaced(one, owner)];
    return [
      ...this.#tag(one, seen.hardware),
      ...this.#adminMac(one, seen.hardware),
      ...this.#bmcMac(one, seen.hardware),
    ];
  }

  /** Another row at whose BMC_IP the same machine responds. */
  #twinOf(one: Compared, hardware: SeenHardware): Compared | undefined {
    return this.#at.get(cleanName(nameOf(hardware)))?.find(({ bmcIp }) => bmcIp !== one.bmcIp);
  }

  /** The row that this machine belongs to; undefined: to none here. */
  #ownerOf(hardware: SeenHardware): Compared | undefined {
    const byName = this.#byName.get(cleanName(nameOf(hardware)));
    if (byName !== undefined) return byName;
    return hardware.nics.map(({ mac }) => this.#byMac.get(cleanMac(mac))).find((owner) => owner !== undefined);
  }

  #isRows({ row: { text } }: Compared, hardware: SeenHardware): boolean {
    const name = cleanName(text.SERVICE_TAG);
    return name !== '' && name === cleanName(nameOf(hardware));
  }

  #misplaced(one: Compared, owner: Compared): HardwareFinding {
    const host = owner.row.text.HOSTNAME;
    const there = owner.seen !== undefined && 'hardware' in owner.seen ? this.#ownerOf(owner.seen.hardware) : undefined;
    if (there !== one) return this.#finding(one, 'BMC_IP', 'of-other-row', phrase(hardwareTexts.ofOther, { host }));
    const edits = [...this.#moveTo(one, owner), ...this.#moveTo(owner, one)];
    const fix = { title: phrase(hardwareTexts.swap, { host }), edits };
    return this.#finding(one, 'BMC_IP', 'swapped', phrase(hardwareTexts.swapped, { host }), [fix]);
  }

  /** The row gets the BMC_IP of the other, and the BMC_MAC of what responds there. */
  #moveTo(one: Compared, other: Compared): readonly TextEdit[] {
    const mac = other.seen !== undefined && 'hardware' in other.seen ? writtenMac(other.seen.hardware.bmcMac) : '';
    const isOther = mac !== '' && mac !== writtenMac(one.row.text.BMC_MAC);
    return [...this.#set(one, 'BMC_IP', other.bmcIp), ...(isOther ? this.#set(one, 'BMC_MAC', mac) : [])];
  }

  #tag(one: Compared, hardware: SeenHardware): readonly HardwareFinding[] {
    const value = cleanName(nameOf(hardware)) === '' ? '' : nameOf(hardware);
    const written = one.row.text.SERVICE_TAG;
    if (value === '' || cleanName(value) === cleanName(written)) return [];
    if (written === '') return this.#empty(one, 'SERVICE_TAG', value);
    // Outside of Dell a site may have names of its own: then a NIC tells that it is the machine.
    const isByNic = hardware.serviceTag === '' && this.#nicOf(one, hardware) !== undefined;
    if (isByNic) return [];
    const message = phrase(hardwareTexts.serviceTag, { value });
    return [this.#finding(one, 'SERVICE_TAG', 'service-tag', message, this.#change(one, 'SERVICE_TAG', value))];
  }

  #adminMac(one: Compared, hardware: SeenHardware): readonly HardwareFinding[] {
    const known = hardware.nics.filter(({ mac }) => cleanMac(mac) !== '');
    if (known.length === 0) return [];
    const boot = bootNicOf(hardware);
    if (one.row.text.ADMIN_MAC === '') {
      return boot === undefined ? [] : this.#empty(one, 'ADMIN_MAC', writtenMac(boot.mac));
    }
    const nic = this.#nicOf(one, hardware);
    if (nic === undefined) {
      const macs = known.map(({ id, mac }) => `${writtenMac(mac)} (${id})`).join(', ');
      const fixes = boot === undefined ? [] : this.#change(one, 'ADMIN_MAC', writtenMac(boot.mac));
      return [this.#finding(one, 'ADMIN_MAC', 'admin-mac', phrase(hardwareTexts.mac, { macs }), fixes)];
    }
    if (nic.bootsFromNetwork !== false) return [];
    return [this.#finding(one, 'ADMIN_MAC', 'no-network-boot', phrase(hardwareTexts.noBoot))];
  }

  #bmcMac(one: Compared, { bmcMac }: SeenHardware): readonly HardwareFinding[] {
    const value = writtenMac(bmcMac);
    const written = one.row.text.BMC_MAC;
    if (value === '' || cleanMac(written) === cleanMac(value)) return [];
    if (written === '') return this.#empty(one, 'BMC_MAC', value);
    const message = phrase(hardwareTexts.bmcMac, { value });
    return [this.#finding(one, 'BMC_MAC', 'bmc-mac', message, this.#change(one, 'BMC_MAC', value))];
  }

  #nicOf({ row: { text } }: Compared, { nics }: SeenHardware) {
    const mac = cleanMac(text.ADMIN_MAC);
    return mac === '' ? undefined : nics.find((nic) => cleanMac(nic.mac) === mac);
  }

  #empty(one: Compared, column: ColumnName, value: string): readonly HardwareFinding[] {
    const edits = this.#set(one, column, value);
    if (edits.length === 0) return [];
    const fix = { title: phrase(hardwareTexts.fillIn, { value }), edits };
    return [this.#finding(one, column, 'empty-cell', phrase(hardwareTexts.fill, { value }), [fix])];
  }

  #change(one: Compared, column: ColumnName, value: string): readonly HardwareFix[] {
    return [{ title: phrase(hardwareTexts.change, { value }), edits: this.#set(one, column, value) }];
  }

  /** Nothing where the header has no such column, or the row ends before it. */
  #set({ row }: Compared, column: ColumnName, value: string): readonly TextEdit[] {
    const cell = this.#layout.cellOf[column];
    return cell === undefined || cell >= row.record.cells.length
      ? []
      : [setCell(this.#document, row.record, cell, value)];
  }

  #finding(
    { row, bmcIp }: Compared,
    column: ColumnName,
    code: HardwareCode,
    message: Phrase,
    fixes: readonly HardwareFix[] = [],
  ): HardwareFinding {
    const range = this.#document.cellRange(this.#document.indexOf(row.record), this.#layout.cellOf[column] ?? 0);
    return { code, level: levels[code], host: row.text.HOSTNAME, bmcIp, column, range, message, fixes };
  }
}

const levels: Readonly<Record<HardwareCode, HardwareFinding['level']>> = {
  'service-tag': 'error',
  'admin-mac': 'error',
  'no-network-boot': 'warning',
  'bmc-mac': 'warning',
  swapped: 'error',
  'of-other-row': 'error',
  'empty-cell': 'information',
  'not-compared': 'information',
};
