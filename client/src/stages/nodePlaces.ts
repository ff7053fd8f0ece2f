import type { Target } from '@omnia-buildstream/core/plan/targets';

type Place = Pick<Target, 'bmcIp' | 'hostname' | 'line'>;

/** Where nodes are in the mapping file. If rows share a BMC_IP or a hostname, the first one counts. */
export class NodePlaces {
  /** Absolute path of the mapping file. */
  readonly file: string;
  readonly #byBmc: ReadonlyMap<string, Place>;
  readonly #byHost: ReadonlyMap<string, Place>;
  readonly #byLine: ReadonlyMap<number, Place>;

  constructor(file: string, rows: readonly Place[]) {
    const first = [...rows].reverse();
    this.file = file;
    this.#byBmc = new Map(first.map((row) => [row.bmcIp, row]));
    this.#byHost = new Map(first.map((row) => [row.hostname.toLowerCase(), row]));
    this.#byLine = new Map(rows.map((row) => [row.line, row]));
  }

  /** Line of the row, counted from 0. Undefined if no row matches. */
  lineOf({ bmcIp, hostname }: { readonly bmcIp: string; readonly hostname: string }): number | undefined {
    return (this.#byBmc.get(bmcIp) ?? this.ofHost(hostname))?.line;
  }

  ofHost(hostname: string): Place | undefined {
    return this.#byHost.get(hostname.toLowerCase());
  }

  at(line: number): Place | undefined {
    return this.#byLine.get(line);
  }
}
