import type { CsvDocument, DocumentChange } from '../csv/document.ts';
import type { TextEdit } from '../text/position.ts';
import { hasOpenQuote, type CsvRecord } from '../csv/record.ts';
import type { ColumnName } from '../mapping/columns.ts';
import { searchedRecords } from '../mapping/headerSight.ts';
import { readLayout, type Layout } from '../mapping/layout.ts';
import { withSwallowedRows, type MappingRow } from '../mapping/row.ts';
import { swallowsRows } from '../mapping/swallowsRows.ts';
import { traitsOf } from '../mapping/versions.ts';
import { mergeConflict } from '../rules/mergeConflict.ts';
import type { Facts, Finding, Fix, FixScope, Place, RecordKind, RelatedPlace, Rule } from '../rules/rule.ts';
import type { Params, Template } from '../text/message.ts';
import { activeRules, type ActiveRules } from './activeRules.ts';
import { inFileOrder } from './inFileOrder.ts';
import { inSlices } from './inSlices.ts';
import { isLargeChange } from './isLargeChange.ts';
import { MappingRows } from './mappingRows.ts';
import type { RelationIndex } from './relationIndex.ts';
import type { ValidationSettings } from './settings.ts';
import { stopsOf } from './stopsOf.ts';
import { quietConflicts } from './quietConflicts.ts';

/**
 * The mapping file with all its findings, kept up to date edit by edit.
 *
 * After any sequence of edits the findings equal those of a model made from the resulting text (property test). An edit
 * judges again the records it replaced and the buckets they belong to; only a change of the header, of the settings or
 * of a fact judges every row.
 */
export class MappingModel implements FixScope {
  readonly document: CsvDocument;
  #rules: readonly Rule[];
  #settings: ValidationSettings;
  #layout: Layout;
  #active: ActiveRules;
  #rows: MappingRows;
  /** An open quote makes Omnia read rows below it as one cell. */
  #swallowsRows = false;
  #fileFindings: Finding[] = [];
  readonly #recordFindings = new Map<CsvRecord, Finding[]>();
  readonly #rowFindings = new Map<CsvRecord, Finding[]>();
  /** What is left to be judged after the last change of everything; undefined when all is. */
  #left: Iterator<void> | undefined;
  /** What the running check reports, and for which rule. */
  #sink: Finding[] = [];
  #running: Rule | undefined;

  constructor(document: CsvDocument, rules: readonly Rule[], settings: ValidationSettings) {
    this.document = document;
    this.#rules = rules;
    this.#settings = settings;
    this.#layout = readLayout(document, settings.version);
    this.#active = activeRules(rules, settings, this.#layout.kind);
    this.#rows = new MappingRows([], this.#layout, settings.version);
    this.#begin();
  }

  get rules(): readonly Rule[] {
    return this.#rules;
  }

  get layout(): Layout {
    return this.#layout;
  }

  get settings(): ValidationSettings {
    return this.#settings;
  }

  get version(): ValidationSettings['version'] {
    return this.#settings.version;
  }

  get context(): ValidationSettings['context'] {
    return this.#settings.context;
  }

  get encoding(): ValidationSettings['encoding'] {
    return this.#settings.encoding;
  }

  get rowCount(): number {
    return this.#rows.count;
  }

  get facts(): Facts {
    return { kubernetes: this.#rows.hasKubernetes };
  }

  /** All rows, in file order. */
  get rows(): Iterable<MappingRow> {
    return this.document.records.flatMap((record) => this.#rows.of(record) ?? []);
  }

  rowOf(record: CsvRecord): MappingRow | undefined {
    return this.#rows.of(record);
  }

  find(column: ColumnName, value: string): readonly MappingRow[] {
    return this.index(column).get(value) ?? [];
  }

  /** Rows by their value in a column, each list in file order; empty cells are left out. Made on first use. */
  index(column: ColumnName): ReadonlyMap<string, readonly MappingRow[]> {
    return this.#rows.index(column, () => this.rows);
  }

  at(row: MappingRow, column: ColumnName): Place {
    return { record: row.record, cell: this.#layout.cellOf[column] ?? row.record.cells.length, column };
  }

  report(place: Place, message: Template, params: Params = {}, related: readonly RelatedPlace[] = []): void {
    if (this.#running !== undefined) this.#sink.push({ rule: this.#running, message, params, place, related });
  }

  kindOf(record: CsvRecord): RecordKind {
    return this.#rows.kindOf(record);
  }

  /** Applies an edit to the document and judges again what it touches. */
  edit(edit: TextEdit): DocumentChange {
    const headerIndex = this.#layout.headerIndex;
    const change = this.document.edit(edit);
    if (change.reread || headerIndex === -1 || change.at <= headerIndex) {
      this.#layout = readLayout(this.document, this.version);
      this.#begin();
      return change;
    }
    const isOther = !this.isJudged || this.#swallowsRows !== swallowsRows(this.document, this.version);
    if (isOther || isLargeChange(change, this.#rows.count)) {
      this.#begin();
      return change;
    }
    const hadKubernetes = this.#rows.hasKubernetes;
    const hadRows = this.#rows.count > 0;
    for (const record of change.removed) this.#drop(record);
    const added = change.added.flatMap((record) => this.#rows.take(record) ?? []);
    if (hadKubernetes !== this.#rows.hasKubernetes) {
      this.#begin();
      return change;
    }
    for (const record of change.added) this.#judgeRecord(record);
    for (const row of added) this.#judgeRow(row);
    for (const relation of this.#active.relations) {
      for (const row of added) {
        if (this.#isJudged(row)) relation.add(row, this);
        else relation.touch(row, this);
      }
      this.#judgeBuckets(relation, relation.touched);
      relation.touched.clear();
    }
    if (change.at <= headerIndex + searchedRecords || hadRows !== this.#rows.count > 0) this.#judgeFile();
    return change;
  }

  /** Does in advance what the first edit would have to do; worthwhile in an editor that has nothing else to do. */
  prepareForEdits(): void {
    this.judge();
    for (const relation of this.#active.relations) relation.prepare();
  }

  /** Judges everything again under other settings, or by other rules. */
  configure(settings: ValidationSettings, rules = this.#rules): void {
    // Which records are rows depends on the version alone.
    const rows = settings.version === this.version ? this.#rows : undefined;
    this.#settings = settings;
    this.#rules = rules;
    if (rows === undefined) this.#layout = readLayout(this.document, settings.version);
    this.#begin(rows);
  }

  /** Whether every row is judged. Code that needs findings judges the rest first; code that can't wait asks before. */
  get isJudged(): boolean {
    return this.#left === undefined;
  }

  /** Continues until all is judged or `isEnough`, which is asked after every few rows. Returns whether all is. */
  judge(isEnough: () => boolean = () => false): boolean {
    while (this.#left !== undefined) {
      if (this.#left.next().done === true) this.#left = undefined;
      else if (isEnough()) return false;
    }
    return true;
  }

  /** Every finding, in no particular order; only the stopping ones where Omnia would read no further. */
  findings(): Finding[] {
    this.judge();
    const all = [this.#fileFindings, ...this.#recordFindings.values()].flat();
    const isTold = quietConflicts(all);
    const found = isTold === undefined ? all : all.filter(isTold);
    const stops = stopsOf(found, this.#layout.header, this.#settings);
    if (stops.file.length > 0) return [...stops.file, ...found.filter(({ rule }) => rule === mergeConflict)];
    for (const { findings } of [{ findings: this.#rowFindings }, ...this.#active.relations]) {
      for (const some of findings.values()) for (const finding of some) found.push(finding);
    }
    const told = isTold === undefined ? found : found.filter(isTold);
    return stops.isTold === undefined ? told : told.filter(stops.isTold);
  }

  /** Every finding in file order: by record, then cell, then the order of the rules. */
  sortedFindings(): Finding[] {
    return inFileOrder(this.findings(), this.rules);
  }

  /** Repairs and suggestions for a finding of the present state, best first. */
  fixes(finding: Finding): Fix[] {
    const guesses = this.#rows.isMisread(finding.place.record) ? undefined : finding.rule.suggestions?.(finding, this);
    return this.repairs(finding).concat(guesses ?? []);
  }

  /** Repairs only: quick to find, so they can be asked for every finding of a file. */
  repairs(finding: Finding): Fix[] {
    return (this.#rows.isMisread(finding.place.record) ? undefined : finding.rule.fixes?.(finding, this)) ?? [];
  }

  /** Notes all rows, unless they are known, and that all are to be judged. */
  #begin(rows?: MappingRows): void {
    this.#active = activeRules(this.rules, this.#settings, this.#layout.kind);
    this.#rows = rows ?? new MappingRows(this.document.records, this.#layout, this.version);
    this.#recordFindings.clear();
    this.#rowFindings.clear();
    this.#swallowsRows = swallowsRows(this.document, this.version);
    this.#left = this.#judgeAll();
  }

  /** Judges everything, with a break after every few rows. */
  *#judgeAll(): Generator<void> {
    yield* inSlices(this.document.records, (record) => {
      this.#judgeRecord(record);
    });
    yield* inSlices(this.#rows.all(), (row) => {
      this.#judgeRow(row);
    });
    const judged = [...this.#rows.all()].filter((row) => this.#isJudged(row));
    for (const relation of this.#active.relations) {
      yield* relation.fill(judged, this);
      yield* inSlices(relation.keys(), (key) => {
        this.#judgeBuckets(relation, [key]);
      });
    }
    this.#judgeFile();
  }

  /** Forgets a record. */
  #drop(record: CsvRecord): void {
    this.#recordFindings.delete(record);
    this.#rowFindings.delete(record);
    const row = this.#rows.drop(record);
    if (row === undefined) return;
    for (const relation of this.#active.relations) {
      if (this.#isJudged(row)) relation.remove(row, this);
      else relation.touch(row, this);
    }
  }

  /** 2.3 leaves rows of the wrong width out of all further checks; 2.1 and 2.2 read them. */
  #isJudged(row: MappingRow): boolean {
    return row.surplus === 0 || !traitsOf(this.version).fixedColumns;
  }

  #judgeFile(): void {
    this.#fileFindings = [...this.#collect(this.#active.file, (rule) => rule.checkFile?.(this))];
  }

  #judgeRecord(record: CsvRecord): void {
    const kind = this.kindOf(record);
    const found = this.#collect(this.#active.record, (rule) => rule.checkRecord?.(record, kind, this));
    if (found.length > 0) this.#recordFindings.set(record, found);
  }

  #judgeRow(row: MappingRow): void {
    if (!this.#isJudged(row)) return;
    const isSwallowing = this.#swallowsRows && hasOpenQuote(row.record);
    const judged = isSwallowing ? withSwallowedRows(row, this.#layout) : row;
    const found = this.#collect(this.#active.row, (rule) => rule.checkRow?.(judged, this));
    if (found.length > 0) this.#rowFindings.set(row.record, found);
  }

  #judgeBuckets(relation: RelationIndex, keys: Iterable<string>): void {
    for (const key of keys) {
      relation.findings.delete(key);
      const bucket = relation.bucket(key);
      if (bucket === undefined) continue;
      const found = this.#collect(relation.rules, (rule) => rule.checkBucket?.(bucket, this));
      if (found.length > 0) relation.findings.set(key, found);
    }
  }

  /** What the rules report while `check` runs them. An empty result is reused by the next call: keep only full ones. */
  #collect(rules: readonly Rule[], check: (rule: Rule) => void): Finding[] {
    if (this.#sink.length > 0) this.#sink = [];
    for (const rule of rules) {
      this.#running = rule;
      check(rule);
    }
    this.#running = undefined;
    return this.#sink;
  }
}
