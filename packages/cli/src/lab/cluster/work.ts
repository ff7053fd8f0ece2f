import type { StageOutcome, StageRun, StageWork } from '@omnia-buildstream/lab/oim/stageWork';
import { deployWork } from './deployWork.ts';
import type { LabOim } from './labOim.ts';
import { restartWork } from './restartWork.ts';
import { validateWork } from './validateWork.ts';

/** The stages of the BuildStreaM API, done by our engine on the nodes of the lab. */
export function clusterWork(server: LabOim): StageWork {
  return {
    deploy: (run) => logged(run, deployWork(run, server)),
    restart: (run) => logged(run, restartWork(run, server)),
    validate: (run) => logged(run, validateWork(run, server)),
  };
}

/** Why a stage failed is in its log only; the API says how the playbook ended. */
async function logged(run: StageRun, work: Promise<StageOutcome>): Promise<StageOutcome> {
  const outcome = await work;
  if (!outcome.succeeded) run.write(`ERROR: ${outcome.summary}`);
  return outcome;
}
