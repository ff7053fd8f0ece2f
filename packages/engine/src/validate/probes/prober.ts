import type { Check, Finding } from '../check.ts';

/** Looks once; rejects only with the signal's reason. */
export type Probe<C extends Check = Check> = (check: C, signal: AbortSignal) => Promise<Finding>;
