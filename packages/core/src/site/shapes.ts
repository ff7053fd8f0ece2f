import type { Template } from '../text/message.ts';

/** The value of a key of buildstream.yml, in the shape of the setting of the same name. */
export type SiteValue = string | number | boolean | readonly string[] | Readonly<Record<string, string | number>>;

/** A value of one word or number. */
export type ScalarShape =
  | { readonly kind: 'text'; readonly isValid?: (text: string) => boolean }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  /** Seconds, perhaps with a fraction, more than zero. */
  | { readonly kind: 'seconds' };

/** What a key takes. */
export type SiteShape =
  | ScalarShape
  | { readonly kind: 'flag' }
  | { readonly kind: 'list'; readonly isValid?: (text: string) => boolean }
  /** Names with values; `required` must be there when any is. */
  | {
      readonly kind: 'map';
      readonly names: readonly string[];
      readonly of: ScalarShape;
      readonly required?: readonly string[];
    };

/** A key of buildstream.yml. */
export interface SiteKey {
  /** The setting of the editor that wins over it, without `buildstream.`. */
  readonly setting: string;
  readonly shape: SiteShape;
  /**
   * How it combines with the same key of a layer above: replaced by it, or added to it (lists together, names one by
   * one).
   */
  readonly merge: 'replace' | 'add';
  /** It names a file or folder, from the folder of buildstream.yml on; `files:` may stand before it. */
  readonly isPath?: true;
  /** What it means, in a sentence or two. */
  readonly about: Template;
  /** What is expected, for a user who wrote something else. */
  readonly expected: Template;
  /** YAML as it may follow the key. */
  readonly example: string;
}
