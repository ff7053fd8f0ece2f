/** The stages that touch nodes, in their order. Choosing an image group (select_image) is an argument of theirs. */
export const stageNames = ['deploy', 'restart', 'validate'] as const;
export type StageName = (typeof stageNames)[number];
