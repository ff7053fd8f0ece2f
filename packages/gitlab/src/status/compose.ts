import { phaseOf } from './statuses.ts';

/** The state of a stage or a pipeline, composed from its parts. */
export interface GroupState {
  /** One of GitLab's statuses; `unknown` if a part has an unknown one and nothing else decides. */
  readonly status: string;
  readonly hasWarnings: boolean;
}

export interface Part {
  readonly status: string;
  readonly allowFailure: boolean;
}

/**
 * Composes the newest tries of jobs and bridges into one state. The order of the rules matters. Source: GitLab's
 * `Gitlab::Ci::Status::Composite`; the REST API gives the result only for pipelines, never for stages.
 * @returns undefined without parts
 */
export function compose(parts: readonly Part[]): GroupState | undefined {
  if (parts.length === 0) return undefined;
  const kinds = new Set(parts.map(kindOf));
  return { status: statusOf(kinds), hasWarnings: kinds.has('warning') };
}

function kindOf({ status, allowFailure }: Part): string {
  if (allowFailure && (status === 'failed' || status === 'canceled')) return 'warning';
  if (allowFailure && status === 'manual') return 'ignored';
  return phaseOf(status) === 'unknown' ? 'unknown' : status;
}

function statusOf(kinds: ReadonlySet<string>): string {
  const only = (...allowed: readonly string[]) => [...kinds].every((kind) => allowed.includes(kind));
  const passed = ['success', 'skipped', 'warning', 'ignored'];
  if (only('skipped', 'ignored')) return 'skipped';
  if (only(...passed)) return 'success';
  if (only('created')) return 'created';
  if (only('preparing')) return 'preparing';
  if (only('canceled', ...passed)) return 'canceled';
  if (only('pending', 'created', 'skipped')) return 'pending';
  if (kinds.has('canceling')) return 'canceling';
  if (kinds.has('running') || kinds.has('pending')) return 'running';
  const waitingFor = ['waiting_for_resource', 'waiting_for_callback', 'manual', 'scheduled', 'preparing'];
  const waiting = waitingFor.find((kind) => kinds.has(kind));
  if (waiting !== undefined) return waiting;
  if (kinds.has('created')) return 'running';
  return kinds.has('unknown') && !kinds.has('failed') ? 'unknown' : 'failed';
}
