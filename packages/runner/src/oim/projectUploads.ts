import path from 'node:path';
import { oimStateFolder, toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { readToldList, renderToldList, type ToldList } from '@omnia-buildstream/core/plan/toldList';
import type { SentFile } from '@omnia-buildstream/core/stage/preparedStage';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { stageNamed, type OimJob } from '@omnia-buildstream/oim/model/job';
import { mappingName } from '@omnia-buildstream/core/context/inputFiles';
import type { UploadLog } from '@omnia-buildstream/oim/stage/uploadLog';
import { thisMachine, type Machine } from '../machine.ts';
import {
  digestsOf,
  emptyRecord,
  isAmong,
  isSame,
  readRecord,
  recordText,
  shownOf,
  withFiles,
  type UploadRecord,
} from './uploadRecord.ts';

/** An upload log that also stores what the server reported about the last restart. */
export interface ProjectLog extends UploadLog {
  readonly told: () => Promise<ToldList | undefined>;
  /** Undefined if the outcome is unknown; the previous report no longer applies then either. */
  readonly keepTold: (told: ToldList | undefined) => Promise<void>;
}

/** Mapping files of the project, for any job: the next job removes nodes that a previous one configured. */
const deployedMapping = 'deployed_mapping.csv';
const uploadedMapping = 'uploaded_mapping.csv';
const toldName = path.posix.basename(toldListPlace);

/**
 * What the management server received from a project: a file for each job and the last mapping files in
 * `.buildstream/server`, which the editor and the command line share.
 * @param project absolute path
 */
export function projectUploads(project: string, { fs }: Pick<Machine, 'fs'> = thisMachine): ProjectLog {
  const folder = new OwnFolder(`${project}/${oimStateFolder}`, fs, project);
  const read = async (jobId: string): Promise<UploadRecord> => {
    const text = await folder.read(fileOf(jobId));
    return text === undefined ? emptyRecord : readRecord(text);
  };
  const change = async (jobId: string, part: Partial<UploadRecord>): Promise<void> => {
    const record = { ...(await read(jobId)), ...part };
    await folder.make();
    await folder.replace(new Map([[fileOf(jobId), recordText(record)]]));
  };
  /** Stores the mapping file among the files that were sent under these names. */
  const keepMapping = async (files: readonly SentFile[], ...names: readonly string[]): Promise<void> => {
    const content = files.find(({ name }) => name === mappingName)?.content;
    if (content === undefined) return;
    const text = new TextDecoder().decode(content);
    await folder.make();
    await folder.replace(new Map(names.map((name) => [name, text])));
  };
  /** The records from before an upload that is in progress. */
  const taken = new Map<string, UploadRecord['uploaded']>();
  return {
    told: async () => readToldList(await folder.read(toldName)),
    keepTold: async (told) => {
      await folder.make();
      if (told === undefined) await folder.remove(toldName);
      else await folder.replace(new Map([[toldName, renderToldList(told)]]));
    },
    isUploaded: async (job, files) => {
      const { uploaded } = await read(job.id);
      return uploaded !== undefined && isAmong(digestsOf(files), uploaded.files) && uploaded.endedAt === uploadEnd(job);
    },
    begin: async (jobId) => {
      taken.set(jobId, (await read(jobId)).uploaded);
      await change(jobId, { uploaded: undefined });
    },
    refused: (jobId) => change(jobId, { uploaded: taken.get(jobId) }),
    accepted: async (jobId, files, job) => {
      await keepMapping(files, uploadedMapping);
      if (job === undefined) return;
      const sent = withFiles(taken.get(jobId)?.files, digestsOf(files));
      await change(jobId, { uploaded: { files: sent, endedAt: uploadEnd(job) } });
    },
    ordering: (jobId, { stage, at }, before) => change(jobId, { order: { stage, at, shown: shownOf(before) } }),
    answered: (jobId) => change(jobId, { order: undefined }).catch(() => undefined),
    openOrder: async (job) => {
      const { order } = await read(job.id);
      if (order === undefined || shownOf(stageNamed(job, order.stage)) !== order.shown) return undefined;
      return { stage: order.stage, at: order.at };
    },
    isDeployed: async (job, files) => {
      const { deployed } = await read(job.id);
      const stage = stageNamed(job, 'deploy');
      const isOurs = deployed !== undefined && stage?.state === 'COMPLETED' && stage.endedAt === deployed.endedAt;
      return isOurs && deployed.endedAt !== undefined && isSame(deployed.files, digestsOf(files));
    },
    deployed: async (jobId, files, endedAt) => {
      // If this is not stored, the same files are deployed once more, which does no harm.
      await change(jobId, { deployed: { files: digestsOf(files), endedAt } }).catch(() => undefined);
      // If this is not stored, the older mapping files list more nodes as possibly removed, which are then reported
      // unnecessarily.
      await keepMapping(files, deployedMapping, uploadedMapping).catch(() => undefined);
    },
    mappings: async () => {
      const texts = await Promise.all([folder.read(deployedMapping), folder.read(uploadedMapping)]);
      return [...new Set(texts.filter((text) => text !== undefined))];
    },
  };
}

function fileOf(jobId: string): string {
  return `${jobId.toLowerCase()}.json`;
}

function uploadEnd(job: OimJob): number | undefined {
  return stageNamed(job, 'upload')?.endedAt;
}
