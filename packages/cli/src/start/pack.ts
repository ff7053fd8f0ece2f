/** What the build says about all parts but the quick one, which is in the program. */
export interface Pack {
  /** Identifies the content of the parts: another build has another key. */
  readonly key: string;
  /** Size in bytes of an index and all parts, which are at the end of their file. */
  readonly size: number;
  /** Size in bytes of the index, a comment line with `Index` as JSON. */
  readonly index: number;
  /**
   * The file next to the program with the parts, which begins with the key; without one the parts follow the program.
   */
  readonly apart?: string;
}

export type Index = Readonly<Record<string, Part>>;

/**
 * One part: a function that runs a CommonJS module, in ASCII characters with U+001F for line feeds, or deflated and in base64.
 */
export interface Part {
  /** Its first byte, counted from the first byte behind the index. */
  readonly at: number;
  readonly length: number;
  readonly deflated?: true;
  /** The parts that it needs immediately. */
  readonly imports: readonly string[];
}
