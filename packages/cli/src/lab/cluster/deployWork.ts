import path from 'node:path';
import { defaultDeploySettings } from '@omnia-buildstream/engine/deploy/settings';
import type { StageOutcome, StageRun } from '@omnia-buildstream/lab/oim/stageWork';
import { prepareDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import { deployEventLine, deploySummaryText } from '../../run/deploy/text.ts';
import { mappingErrorLines } from './mappingErrors.ts';
import { failure, mappingOf, type LabOim } from './labOim.ts';

/**
 * Hands over the boot configuration of all nodes. Omnia's own stage asks no BMC (omnia.md section 5), so a broken one
 * does not fail a deploy.
 */
export async function deployWork(run: StageRun, server: LabOim): Promise<StageOutcome> {
  const text = mappingOf(run);
  if (text === undefined) return failure('pxe_mapping_file.csv was not uploaded to this job.');
  const group = server.imageGroup(run.imageGroup.id);
  if (group === undefined) return failure(`The image group ${run.imageGroup.id} is gone.`);
  const { access, bootFolder, machine, version } = server;
  const request = {
    text,
    version,
    mappingErrors: mappingErrorLines(text, version),
    group,
    target: { kind: 'files', folder: path.resolve(bootFolder), within: path.resolve(bootFolder) },
    tls: access.tls,
  } as const;
  const deployment = await prepareDeploy(request, machine);
  try {
    const summary = await deployment.run({
      settings: defaultDeploySettings,
      bmcCheck: { kind: 'none' },
      bmcPort: access.port,
      jobId: run.jobId,
      emit: (event) => {
        const line = deployEventLine(event);
        if (line !== undefined) run.write(line);
      },
      stop: run.signal,
      stopAtOnce: run.signal,
    });
    const words = deploySummaryText(summary).trimEnd();
    for (const line of words.split('\n')) run.write(line);
    return summary.outcome === 'deployed' ? { succeeded: true, summary: '' } : failure(words.split('\n')[0] ?? '');
  } finally {
    await deployment.close();
  }
}
