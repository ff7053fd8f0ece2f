export const resetKinds = ['On', 'ForceRestart', 'GracefulRestart', 'GracefulShutdown'] as const;
export type ResetKind = (typeof resetKinds)[number];
