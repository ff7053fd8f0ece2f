import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { findDeployRun } from '../tree/deployRun.ts';
import type { PipelineNode } from '../tree/nodes.ts';

/** A sentence without a full stop. */
const afterTexts = {
  telemetry:
    'If nodes were added or changed and the cluster has telemetry, initialize telemetry on the management server: no pipeline does that',
} as const;

/** Whether everything in a deploy passed: its nodes run what was deployed, as far as Omnia checks. */
export function isGreenDeploy(root: PipelineNode): boolean {
  return root.state.status === 'success' && findDeployRun(root) !== undefined;
}

/** What no pipeline does after a green deploy (omnia.md section 8.1). Empty for any other end. */
export function afterGreen(root: PipelineNode): readonly Phrase[] {
  return isGreenDeploy(root) ? [phrase(afterTexts.telemetry)] : [];
}
