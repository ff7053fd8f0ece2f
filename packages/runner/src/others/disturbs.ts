import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** Which stages interfere with others, and others in theirs: tests disturb nobody. */
export const disturbs: Readonly<Record<StageName, boolean>> = { deploy: true, restart: true, validate: false };
