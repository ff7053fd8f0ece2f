import type { LabVersion } from '@omnia-buildstream/core/lab/connection';
import { nodeFiles } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { CheckSettings } from '@omnia-buildstream/engine/validate/settings';
import type { StageOutcome, StageRun } from '@omnia-buildstream/lab/oim/stageWork';
import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import type { Machine } from '@omnia-buildstream/runner/machine';
import type { ReportOption } from '@omnia-buildstream/runner/reports';

/** What the stages of the lab's management server work with. */
export interface LabOim {
  /** The version whose rules the mapping file is read by. */
  readonly version: LabVersion;
  /** Where it keeps its state, absolute. */
  readonly folder: string;
  /** Where boot configuration goes, absolute; the nodes look there. */
  readonly bootFolder: string;
  /** Its time is the lab's. */
  readonly machine: Machine;
  readonly access: BmcAccess;
  readonly report: ReportOption;
  readonly imageGroup: (id: string) => ImageGroup | undefined;
  /** Where the services of the nodes listen. */
  readonly ports: Partial<CheckSettings['ports']>;
  readonly hostsFile: string;
  /** PEM that the Kubernetes API of the nodes is verified against. */
  readonly kubeCa: string;
  /** Puts failed_nodes.json into the GitLab project, as the restart playbook does. */
  readonly publishFailedNodes: (jobId: string, text: string) => Promise<void>;
}

/** Where the restart stage of a job keeps its state (omnia.md section 3.2). */
export function restartStateFolder({ folder }: LabOim, jobId: string): OwnFolder {
  return new OwnFolder(folder, nodeFiles).inner('restart_state').inner(jobId);
}

/** The mapping file that was uploaded to the job; undefined when none was. */
export function mappingOf({ files }: StageRun): string | undefined {
  return files.get('pxe_mapping_file.csv');
}

export function failure(summary: string): StageOutcome {
  return { succeeded: false, summary };
}
