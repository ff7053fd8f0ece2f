/** What the build says of the parts behind the program. */
export interface Pack {
  /** Names the content of the parts: another build has another key. */
  readonly key: string;
  /** Bytes of all parts: the last ones of the file. */
  readonly size: number;
  readonly parts: Readonly<Record<string, Part>>;
  /** The file beside the program with the parts of a command that few start, where there is one; it begins with the key. */
  readonly apart?: string;
  /** A part that is many: it exports a function by each name, which gives what that part would export. */
  readonly merged: { readonly part: string; readonly names: readonly string[] };
  /** The part that runs the command, and the one that keeps compiled code. */
  readonly entry: string;
  readonly saver: string;
}

/**
 * One part: a function that runs a CommonJS module, in ASCII characters with U+001F for line feeds, or deflated and in base64.
 */
export interface Part {
  /** Its first byte, counted from the first byte of all parts. */
  readonly at: number;
  readonly length: number;
  /** It lies in the file apart, where its first byte is counted from the first of the file. */
  readonly isApart?: true;
  readonly deflated?: true;
  /** The parts that it needs at once. */
  readonly imports: readonly string[];
}
