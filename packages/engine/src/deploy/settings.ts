/** Settings of the deploy stage. Times are milliseconds. */
export interface DeploySettings {
  /** BMCs that are asked at the same time. */
  readonly bmcConcurrency: number;
  /** Files of images that are asked for at the same time. */
  readonly imageConcurrency: number;
  readonly bmcLimitMs: number;
  readonly imageLimitMs: number;
}

export const defaultDeploySettings: DeploySettings = {
  bmcConcurrency: 32,
  imageConcurrency: 8,
  bmcLimitMs: 60_000,
  imageLimitMs: 30_000,
};

/** Whose BMCs must respond before anything is changed. Fewer than all only if somebody explicitly chose that. */
export type BmcCheck =
  | { readonly kind: 'all' }
  | { readonly kind: 'only'; readonly hostnames: readonly string[] }
  | { readonly kind: 'none' };
