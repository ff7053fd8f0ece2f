import path from 'node:path';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { bootedHere } from '@omnia-buildstream/runner/oim/bootedHere';
import { projectUploads } from '@omnia-buildstream/runner/oim/projectUploads';
import type { ProjectSituation } from '@omnia-buildstream/runner/oim/prepareOimStage';
import type { GivenMapping } from '@omnia-buildstream/runner/oim/situation';
import { bmcReadings, type BmcReadings } from '../../bmcReadings.ts';
import { cannotRun } from '../../cannotRun.ts';
import { committedText } from '../../git.ts';
import type { Io } from '../../io.ts';
import { usualMapping } from '../../plan/options.ts';
import { bytesOf } from '../../plan/traces.ts';
import { readMapping } from '../mapping.ts';
import type { OimRunOptions } from './options.ts';

type Given = Pick<OimRunOptions, 'mapping' | 'version' | 'failed'>;

interface StageOfGroup {
  readonly stage: StageName;
  readonly group: ImageGroup;
  readonly isAfterOthers: boolean;
}

/** Reads everything that decides what a stage is given. @throws UserError for a file that cannot be read */
export function lookFor(
  options: Given,
  { work, ...asked }: StageOfGroup & Pick<ProjectSituation, 'work'>,
  io: Io,
): (job: OimJob) => Promise<ProjectSituation> {
  return async (job) => {
    const mapping = await mappingOf(options, io);
    const failedNodesFile = options.failed ?? failedNodesPlace;
    const place = path.resolve(io.cwd, mapping?.file ?? usualPlace);
    const project = projectFolderOf(place);
    return {
      ...asked,
      job,
      mapping,
      failedNodesFile,
      read: async (file) => {
        const content = await bytesOf(file, io);
        if (content !== undefined || options.failed === undefined || file !== failedNodesFile) return content;
        throw cannotRun('file', `${file} cannot be read: there is no such file. Check the path.`);
      },
      committed: () => committedText(place, io),
      bootedHere: await bootedHere({ project }, asked.group.id, io),
      work,
      uploads: projectUploads(project, io),
    };
  };
}

/** Asks the BMCs of the mapping file whether they respond, without logging in. */
export async function askedBmcs(
  options: Given,
  port: number | undefined,
  world: { readonly io: Io; readonly signal: AbortSignal },
): Promise<BmcReadings> {
  const mapping = await mappingOf(options, world.io);
  if (mapping === undefined) return new Map();
  const addresses = targetsOf(mapping.text, mapping.version).map(({ bmcIp }) => bmcIp);
  return bmcReadings(addresses, port, world);
}

const usualPlace = 'input/pxe_mapping_file.csv';

async function mappingOf(options: Given, io: Io): Promise<GivenMapping | undefined> {
  if (options.mapping === undefined && (await usualMapping(io)) === undefined) return undefined;
  return readMapping(options, io);
}
