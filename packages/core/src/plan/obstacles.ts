import { isBlank, isEmptyLine, type CsvRecord } from '../csv/record.ts';
import { isCommentedNode } from '../mapping/row.ts';
import { isCommentIn, isConflictMark, isEmptyRow } from '../mapping/skipped.ts';
import { swallowsRows } from '../mapping/swallowsRows.ts';
import { traitsOf, type OmniaVersion } from '../mapping/versions.ts';
import { conflictMark, conflictsOf } from '../text/conflicts.ts';
import { strip } from '../text/pythonText.ts';
import { omniaTargetsIn, readMappingText, type ReadMapping, type Target } from './targets.ts';

/**
 * What ends the restart stage before it boots a node: marks of a merge in every version, in 2.1 and 2.2 a quote that hides
 * rows, so that no stage may use the file, and in 2.3 what its validator accepts (omnia.md section 4.1). The last three
 * apply to the newest 2.3; the one before boots nevertheless, or leaves the row out. The files don't show which one an
 * installation has.
 */
export type ObstacleKind =
  | 'merge-conflict'
  | 'open-quote'
  | 'bad-pxe-boot-config'
  | 'line-above-header'
  | 'comment-no-row'
  | 'blank-line'
  | 'no-bmc-ip'
  | 'shared-bmc-ip'
  | 'shared-admin-ip';

/** All lines of one kind. */
export interface RestartObstacle {
  readonly kind: ObstacleKind;
  /** From 0, in file order. */
  readonly lines: readonly number[];
  /** Addresses that stand twice, keys of settings; else empty. */
  readonly values: readonly string[];
}

export function obstaclesOf(text: string, version: OmniaVersion): RestartObstacle[] {
  return obstaclesIn(readMappingText(text, version));
}

/** The same for a file that has been read already. */
export function obstaclesIn(file: ReadMapping): RestartObstacle[] {
  const { document, layout, version } = file;
  const conflict = mergeConflictIn(file);
  if (conflict !== undefined) return [conflict];
  const { unclosed } = document;
  if (swallowsRows(document, version)) {
    const lines = unclosed.map((record) => document.lineOf(document.indexOf(record)));
    return [{ kind: 'open-quote', lines, values: [] }];
  }
  if (!traitsOf(version).restartsComments || layout.headerIndex < 0) return [];
  const lines = new Map<ObstacleKind, number[]>();
  const add = (kind: ObstacleKind, line: number): void => {
    const known = lines.get(kind);
    if (known === undefined) lines.set(kind, [line]);
    else known.push(line);
  };
  document.records.forEach((record, index) => {
    const kind = index < layout.headerIndex ? aboveHeader(record, index, document.records.length) : noRow(file, record);
    if (kind !== undefined && index !== layout.headerIndex) add(kind, document.lineOf(index));
  });
  const rows = omniaTargetsIn(file);
  for (const { bmcIp, line } of rows) if (bmcIp === '') add('no-bmc-ip', line);
  const alone = [...lines].map(([kind, at]) => ({ kind, lines: at, values: [] }));
  return [
    ...alone,
    ...shared('shared-bmc-ip', rows, ({ bmcIp }) => bmcIp),
    ...shared('shared-admin-ip', rows, ({ adminIp }) => adminIp),
  ];
}

/**
 * What a merge left: it is unknown which rows will stay, so nothing may be planned, marked, written or committed based
 * on the file.
 */
export function mergeConflictIn({ document }: Pick<ReadMapping, 'document'>): RestartObstacle | undefined {
  const lines = conflictLines(document.records.map((record, index) => [record, document.lineOf(index)]));
  return lines.length === 0 ? undefined : { kind: 'merge-conflict', lines, values: [] };
}

/** Where conflicts begin: both sides of one are rows, so nothing else can be said. */
function conflictLines(records: readonly (readonly [CsvRecord, number])[]): number[] {
  const marks = records.filter(([record]) => isConflictMark(record));
  return conflictsOf(marks.map(([{ cells }, line]) => [conflictMark(cells[0] ?? '') ?? 'part', line])).map(
    ({ first }) => first,
  );
}

/** Python takes the first line for the header whatever it is; the empty piece after the last line end is no line. */
function aboveHeader(record: CsvRecord, index: number, count: number): ObstacleKind | undefined {
  return index === count - 1 && isBlank(record) && record.eol === '' ? undefined : 'line-above-header';
}

function noRow({ layout, version }: ReadMapping, record: CsvRecord): ObstacleKind | undefined {
  if (isBlank(record)) return isEmptyLine(record) ? undefined : 'blank-line';
  if (isCommentIn(record, version)) return isCommentedNode(record, layout, version) ? undefined : 'comment-no-row';
  return isEmptyRow(record) ? 'blank-line' : undefined;
}

function shared(kind: ObstacleKind, rows: readonly Target[], valueOf: (row: Target) => string): RestartObstacle[] {
  const linesOf = new Map<string, number[]>();
  for (const row of rows) {
    const value = strip(valueOf(row));
    const lines = linesOf.get(value);
    if (lines === undefined) linesOf.set(value, [row.line]);
    else lines.push(row.line);
  }
  const twice = [...linesOf].filter(([value, lines]) => value !== '' && lines.length > 1);
  if (twice.length === 0) return [];
  const lines = twice.flatMap(([, at]) => at).sort((a, b) => a - b);
  return [{ kind, lines, values: twice.map(([value]) => value) }];
}
