import path from 'node:path';
import { failedListOf } from '@omnia-buildstream/core/plan/failedList';
import type { OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { failedNodesPlace } from '@omnia-buildstream/oim/stage/inputFiles';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { toldListPlace } from '@omnia-buildstream/core/nodes/projectPlaces';
import { laterList } from '@omnia-buildstream/core/plan/laterList';
import { pxeSwitches, switchFiles, type PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import { readToldList } from '@omnia-buildstream/core/plan/toldList';
import type { ReadProjectFile } from './oim/oimAccess.ts';
import { projectFolderOf } from './projectFolder.ts';

interface Project {
  /** Absolute path of the mapping file. */
  readonly mapping: string;
  readonly version: OmniaVersion;
  readonly read: ReadProjectFile;
  /** The mapping file in git at HEAD; undefined if unknown. */
  readonly committed: () => Promise<string | undefined>;
  /** Job of the image group; undefined if unknown here. */
  readonly jobId: string | undefined;
}

/** What Omnia's runs left in the project of a mapping file. */
export async function omniaTraces({ mapping, version, read, committed, jobId }: Project): Promise<OmniaTraces> {
  const content = await read(`${projectFolderOf(mapping)}/${failedNodesPlace}`);
  const own = failedListOf(textOf(content), jobId);
  const told = readToldList(textOf(await read(`${projectFolderOf(mapping)}/${toldListPlace}`)));
  const list = laterList(own, told, jobId);
  const before = await committed();
  return { file: failedNodesPlace, list, committed: before === undefined ? undefined : targetsOf(before, version) };
}

/**
 * Omnia's settings for a restart in the folder of a mapping file (`-` for none); undefined if there is no mapping file
 * or none of them changes the restart.
 */
export async function switchesBeside(
  mapping: string,
  version: OmniaVersion,
  read: ReadProjectFile,
): Promise<PxeSwitches | undefined> {
  if (mapping === '-') return undefined;
  const texts = new Map<string, string>();
  for (const name of Object.values(switchFiles)) {
    const text = textOf(await read(path.join(path.dirname(mapping), name)));
    if (text !== undefined) texts.set(name, text);
  }
  return pxeSwitches((name) => texts.get(name), version);
}

function textOf(content: Uint8Array | undefined): string | undefined {
  return content === undefined ? undefined : new TextDecoder().decode(content);
}
