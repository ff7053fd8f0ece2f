import type { LabStatus } from './state.ts';

interface Part {
  readonly status: LabStatus;
  readonly definition: { readonly allowFailure: boolean };
}

/**
 * The combined status of several jobs, as in `Gitlab::Ci::Status::Composite`, for the statuses of the lab. Deliberately
 * not the code of packages/gitlab: tests compare the two.
 */
export function composeStatus(parts: readonly Part[]): { status: LabStatus; hasWarnings: boolean } {
  const hasWarnings = parts.some(({ status, definition }) => status === 'failed' && definition.allowFailure);
  const counted = parts
    .filter(({ status, definition }) => !(definition.allowFailure && status === 'manual'))
    .map(({ status, definition }) => (definition.allowFailure && status === 'failed' ? 'success' : status));
  const has = (status: LabStatus) => counted.includes(status);
  const rest = (...allowed: LabStatus[]) => counted.every((status) => allowed.includes(status));
  const of = (): LabStatus => {
    if (rest('skipped')) return 'skipped';
    if (rest('success', 'skipped')) return 'success';
    if (rest('created')) return counted.length === parts.length ? 'created' : 'running';
    if (rest('pending', 'created', 'skipped')) return 'pending';
    if (has('running') || has('pending')) return 'running';
    if (has('manual')) return 'manual';
    return has('created') ? 'running' : 'failed';
  };
  return { status: of(), hasWarnings };
}
