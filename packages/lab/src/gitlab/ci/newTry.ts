import type { PipelineDefinition } from './definition.ts';
import type { LabBridge, LabJob } from './state.ts';

/** A new try of a job or trigger job, to which nothing has happened yet. */
export function newTry(
  given: Pick<LabJob, 'id' | 'pipeline' | 'created' | 'username'>,
  definition: PipelineDefinition['jobs'][number],
  attempt: number,
): LabJob | LabBridge {
  const common = {
    ...given,
    status: 'created' as const,
    started: undefined,
    finished: undefined,
    isRetried: false,
    failureReason: undefined,
  };
  if (definition.kind === 'bridge') return { ...common, kind: 'bridge', definition, child: undefined };
  return {
    ...common,
    kind: 'job',
    definition,
    attempt,
    trace: [],
    variables: new Map(),
    artifacts: undefined,
    artifactsExpire: undefined,
  };
}
