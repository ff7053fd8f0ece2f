/** Above this many rows, features that walk the whole file show less: the outline only its groups. */
export const wholeFileRows = 20_000;

/** Above this many rows, tokens come for the visible part only. */
export const wholeFileTokenRows = 5_000;

/** The most entries of one list: completion, occurrences, folding. */
export const listLimit = 5_000;
