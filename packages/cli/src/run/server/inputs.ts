import path from 'node:path';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import type { OimJob } from '@omnia-buildstream/oim/model/job';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import { projectFolderOf } from '@omnia-buildstream/runner/projectFolder';
import { bootedHere } from '@omnia-buildstream/runner/server/bootedHere';
import { projectUploads } from '@omnia-buildstream/runner/server/projectUploads';
import { askBmcs, type BmcReading } from '@omnia-buildstream/runner/server/reachability';
import type { GivenMapping, ServerSituation } from '@omnia-buildstream/runner/server/situation';
import { cannotRun } from '../../cannotRun.ts';
import { committedText } from '../../git.ts';
import type { Io } from '../../io.ts';
import { usualMapping } from '../../plan/options.ts';
import { bytesOf } from '../../plan/traces.ts';
import { readMapping } from '../mapping.ts';
import type { OimRunOptions } from './options.ts';

type Given = Pick<OimRunOptions, 'mapping' | 'version' | 'failed'>;
type Readings = ReadonlyMap<string, BmcReading>;

interface StageOfGroup {
  readonly stage: StageName;
  readonly group: ImageGroup;
  readonly isAfterOthers: boolean;
  readonly bmcs: Readings;
}

/** Looks at everything that decides what a stage is given. @throws UserError for a file that cannot be read */
export function lookFor(options: Given, asked: StageOfGroup, io: Io): (job: OimJob) => Promise<ServerSituation> {
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
      uploads: projectUploads(project, io),
      nowMs: io.clock.now(),
    };
  };
}

/** Asks the BMCs of the mapping file whether they respond; logs in nowhere. */
export async function askedBmcs(
  options: Given,
  port: number,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<Readings> {
  const mapping = await mappingOf(options, io);
  if (mapping === undefined) return new Map();
  const addresses = targetsOf(mapping.text, mapping.version).map(({ bmcIp }) => bmcIp);
  const nobody = () => Promise.resolve(undefined);
  const access = { credentials: nobody, tls: { ca: undefined, pins: [] }, port, requestTimeoutMs: undefined };
  const client = new RedfishClient(bmcAccess(access, io));
  const readings = await askBmcs(client, addresses, { clock: io.clock, signal });
  return new Map(readings.map((reading) => [reading.bmcIp, reading]));
}

const usualPlace = 'input/pxe_mapping_file.csv';

async function mappingOf(options: Given, io: Io): Promise<GivenMapping | undefined> {
  if (options.mapping === undefined && (await usualMapping(io)) === undefined) return undefined;
  return readMapping(options, io);
}
