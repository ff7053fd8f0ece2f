import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** Which stages interfere with each other: tests do not. */
export const disturbs: Readonly<Record<StageName, boolean>> = { deploy: true, restart: true, validate: false };
