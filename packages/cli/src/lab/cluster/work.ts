import type { StageWork } from '@omnia-buildstream/lab/oim/stageWork';
import { deployWork } from './deployWork.ts';
import type { ManagementServer } from './managementServer.ts';
import { restartWork } from './restartWork.ts';
import { validateWork } from './validateWork.ts';

/** The stages of the BuildStreaM API, done by our engine on the nodes of the lab. */
export function clusterWork(server: ManagementServer): StageWork {
  return {
    deploy: (run) => deployWork(run, server),
    restart: (run) => restartWork(run, server),
    validate: (run) => validateWork(run, server),
  };
}
