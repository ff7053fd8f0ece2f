import { arrange, type Arrangement, type Grouping, type MapCell } from './cells.ts';
import { nodeMarks, type NodeMark } from './marks.ts';

/** The part of the map's state that survives a reload, with the IDs of nodes. */
export interface MapView {
  readonly grouping: Grouping;
  /** Marks to show. Empty means all. */
  readonly marks: readonly NodeMark[];
  readonly selected: readonly string[];
  readonly active: string | undefined;
}

export type SelectHow = 'alone' | 'toggle' | 'range';

/**
 * What the map shows and what is selected on it. Only shown cells can be selected, because commands act on the
 * selection.
 */
export class MapModel {
  #arrangement: Arrangement = { cells: [], sections: [] };
  #positions = new Map<string, number>();
  #cells: readonly MapCell[] = [];
  #grouping: Grouping;
  readonly #marks: Set<NodeMark>;
  #selected: Set<string>;
  #active: string | undefined;
  #anchor: string | undefined;

  constructor({ grouping, marks, selected, active }: MapView) {
    this.#grouping = grouping;
    this.#marks = new Set(marks);
    this.#selected = new Set(selected);
    this.#active = active;
    this.#anchor = active;
  }

  get arrangement(): Arrangement {
    return this.#arrangement;
  }

  get view(): MapView {
    const { grouping, selected, active } = this;
    return { grouping, marks: [...this.#marks], selected, active };
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  /** IDs in the order of the map. */
  get selected(): readonly string[] {
    return this.#arrangement.cells.flatMap(({ id }) => (this.#selected.has(id) ? id : []));
  }

  get active(): string | undefined {
    return this.#active;
  }

  get activePosition(): number | undefined {
    return this.#active === undefined ? undefined : this.#positions.get(this.#active);
  }

  /** Sets another fleet, or the same one in another order. */
  setCells(cells: readonly MapCell[]): void {
    this.#cells = cells;
    this.#arrange();
  }

  /** Replaces cells whose content has changed. @returns their positions, or `moved` if all cells must be placed anew */
  change(changed: readonly MapCell[]): readonly number[] | 'moved' {
    const news = new Map(changed.filter(({ id }) => this.#positions.has(id)).map((cell) => [cell.id, cell]));
    const isMoved = [...news.values()].some((cell) => {
      const { [this.#grouping]: before } = this.cellOf(cell.id)?.sections ?? {};
      return before !== cell.sections[this.#grouping];
    });
    const replaced = (cell: MapCell): MapCell => news.get(cell.id) ?? cell;
    this.#cells = this.#cells.map(replaced);
    if (isMoved) this.#arrange();
    else this.#arrangement = { ...this.#arrangement, cells: this.#arrangement.cells.map(replaced) };
    this.#dropHidden();
    return isMoved ? 'moved' : [...news.keys()].flatMap((id) => this.#positions.get(id) ?? []);
  }

  setGrouping(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#arrange();
  }

  /** How many cells have each mark, shown or not; marks without a cell are left out unless they are a filter. */
  get counts(): ReadonlyMap<NodeMark, number> {
    const counts = new Map<NodeMark, number>(nodeMarks.map((mark) => [mark, 0]));
    for (const { mark } of this.#cells) counts.set(mark, (counts.get(mark) ?? 0) + 1);
    for (const [mark, count] of counts) if (count === 0 && !this.#marks.has(mark)) counts.delete(mark);
    return counts;
  }

  isFilter(mark: NodeMark): boolean {
    return this.#marks.has(mark);
  }

  toggleFilter(mark: NodeMark): void {
    if (!this.#marks.delete(mark)) this.#marks.add(mark);
    this.#dropHidden();
  }

  clearFilter(): void {
    this.#marks.clear();
  }

  shows({ mark }: MapCell): boolean {
    return this.#marks.size === 0 || this.#marks.has(mark);
  }

  isShown(position: number): boolean {
    const cell = this.#arrangement.cells[position];
    return cell !== undefined && this.shows(cell);
  }

  isSelected({ id }: MapCell): boolean {
    return this.#selected.has(id);
  }

  cellOf(id: string): MapCell | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#arrangement.cells[position];
  }

  positionOf(id: string): number | undefined {
    return this.#positions.get(id);
  }

  /** Makes a cell the active one without selecting it. */
  activate(position: number): void {
    this.#active = this.#arrangement.cells[position]?.id ?? this.#active;
  }

  select(position: number, how: SelectHow): void {
    const cell = this.#arrangement.cells[position];
    if (cell === undefined || !this.shows(cell)) return;
    const from = this.#anchor === undefined ? undefined : this.#positions.get(this.#anchor);
    this.#active = cell.id;
    if (how === 'range' && from !== undefined) {
      const [first, last] = [Math.min(from, position), Math.max(from, position)];
      this.selectOnly(Array.from({ length: last - first + 1 }, (_, index) => first + index));
      return;
    }
    this.#anchor = cell.id;
    if (how !== 'toggle') this.#selected = new Set([cell.id]);
    else if (!this.#selected.delete(cell.id)) this.#selected.add(cell.id);
  }

  /** Selects these cells, as far as they are shown. `kept`: IDs that stay selected as well. */
  selectOnly(positions: readonly number[], kept: readonly string[] = []): void {
    const ids = positions.flatMap((position) => {
      const cell = this.#arrangement.cells[position];
      return cell !== undefined && this.shows(cell) ? cell.id : [];
    });
    this.#selected = new Set([...kept, ...ids]);
  }

  selectAll(): void {
    this.selectOnly(this.#arrangement.cells.map((_, position) => position));
  }

  selectNothing(): void {
    this.#selected = new Set();
  }

  #arrange(): void {
    this.#arrangement = arrange(this.#cells, this.#grouping);
    this.#positions = new Map(this.#arrangement.cells.map(({ id }, position) => [id, position]));
    if (this.#active !== undefined && !this.#positions.has(this.#active)) this.#active = undefined;
    this.#dropHidden();
  }

  #dropHidden(): void {
    for (const id of this.#selected) {
      const cell = this.cellOf(id);
      if (cell === undefined || !this.shows(cell)) this.#selected.delete(id);
    }
  }
}
