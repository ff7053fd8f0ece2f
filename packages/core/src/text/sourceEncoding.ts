/**
 * `utf8`: the bytes were read and are UTF-8. `not-utf8`: they are not; U+FFFD stands for what could not be read.
 * `unchecked`: only the text is known (an editor). Otherwise the name of another encoding in which an editor holds the file.
 */
export type SourceEncoding =
  | { readonly kind: 'utf8' | 'not-utf8' | 'unchecked' }
  | { readonly kind: 'other'; readonly name: string };
