import type { Node } from 'jsonc-parser';
import type { Range } from '../text/position.ts';

/** A key of an object with its value, as they are in the text. */
export interface JsonField {
  readonly value: unknown;
  readonly node: Node;
  readonly range: Range;
  readonly keyRange: Range;
}

export interface SyntaxFault {
  /** What the parser missed or stumbled over, in words. */
  readonly reason: string;
  readonly range: Range;
  /** What JSON does not have; it can go without loss of data. */
  readonly extra?: 'comment' | 'trailing-comma';
}

/** A key that occurs more than once in an object: the last one counts, as in Python. */
export interface DoubledKey {
  readonly key: string;
  /** From the first to the last. */
  readonly fields: readonly JsonField[];
  /** Where each stands, from its key to the end of its value, with the comma that goes with it. */
  readonly places: readonly Range[];
}
