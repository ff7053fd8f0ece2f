import { randomUUID } from 'node:crypto';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { checksOf } from '@omnia-buildstream/engine/validate/checksOf';
import { verification } from '@omnia-buildstream/runner/verify';
import type { StageContext } from '../stageContext.ts';
import type { DirectInput } from './directInput.ts';
import { checkSettings } from './validateRequest.ts';

/** The number of nodes whose running image is checked. */
const sampleSize = 5;

/**
 * Checks after a restart whether its nodes are up and a sample of them runs the right image. Runs as a stage, which
 * lists the checks and asks for confirmation.
 */
export async function verifyNodes(
  context: StageContext,
  input: DirectInput,
  { nodes }: Pick<StagePlan, 'nodes'>,
): Promise<void> {
  const restarted = new Set(nodes.map(({ target }) => target.hostname));
  const rows = targetsOf(input.text, input.version).filter(({ hostname }) => restarted.has(hostname));
  const settings = verification(checkSettings(input), { size: sampleSize, seed: randomUUID() });
  const checks = checksOf(rows, settings).map(({ id }) => id);
  const about = {
    stage: 'validate',
    backend: 'direct',
    imageGroup: input.imageGroup,
    names: [],
    failed: false,
  } as const;
  await context.start({ ...about, checks, mapping: input.file });
}
