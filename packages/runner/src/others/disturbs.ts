import type { StageName } from '@omnia-buildstream/core/stage/stageName';

/** Which stages come in the way of others, and others in theirs: tests disturb nobody. */
export const disturbs: Readonly<Record<StageName, boolean>> = { deploy: true, restart: true, validate: false };
