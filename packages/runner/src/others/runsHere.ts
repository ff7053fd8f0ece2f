import { jsonObjectIn, textField } from '@omnia-buildstream/core/text/jsonFields';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { codeOf } from '@omnia-buildstream/engine/files/fileSystem';
import { OwnFolder } from '@omnia-buildstream/engine/files/ownFolder';
import { identityIn, type ProcessIdentity } from '@omnia-buildstream/engine/state/processIdentity';
import type { Machine } from '../machine.ts';
import type { OtherPlace } from './othersAtWork.ts';
import { othersTexts as texts } from './othersTexts.ts';

/** The registration of a stage engine run, for other runs of this user on this computer. */
export interface RegisteredRun {
  readonly stage: string;
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly user: string;
  /** ISO 8601. */
  readonly since: string;
  readonly bmcIps: readonly string[];
}

type Place = Pick<Machine, 'fs' | 'processes' | 'newId' | 'runsFolder'>;

/** A run that others can see until it is over. */
export interface Registration {
  /** Sees the other runs, but not this one. */
  readonly others: OtherPlace;
  /** Never rejects. If the file stays, its process ID shows that the owner has exited. */
  readonly end: () => Promise<void>;
}

const suffix = '.json';

/** Other runs on this computer that involve nodes of the plan. */
export function runsHere(place: Place, own?: string): OtherPlace {
  return {
    name: phrase(texts.computer),
    look: async ({ nodes }) => {
      const mine = new Set(nodes.map(({ target }) => keyOf(target.bmcIp)));
      return { others: await othersOn(place, mine, own) };
    },
  };
}

/** Registers a run before it begins. @throws what the file system throws */
export async function registerRun(place: Place, run: RegisteredRun): Promise<Registration> {
  const folder = folderOf(place);
  const file = `${place.newId()}${suffix}`;
  await folder.make();
  await folder.create(file, `${JSON.stringify({ ...run, process: place.processes.self })}\n`);
  return { others: runsHere(place, file), end: () => folder.remove(file).catch(() => undefined) };
}

async function othersOn(place: Place, mine: ReadonlySet<string>, own: string | undefined): Promise<Phrase[]> {
  const folder = folderOf(place);
  const others: Phrase[] = [];
  for (const file of await namesIn(folder)) {
    const entry = file === own ? undefined : entryIn(await folder.read(file));
    if (entry === undefined) continue;
    const { run, process: its } = entry;
    const fate = place.processes.fateOf(its);
    // The run was killed. File names are unique, so no other run uses this file.
    if (fate === 'dead') await folder.remove(file).catch(() => undefined);
    const count = run.bmcIps.filter((bmcIp) => mine.has(keyOf(bmcIp))).length;
    if (fate === 'dead' || count === 0) continue;
    const { stage, project, since, user } = run;
    const about = { stage, project, since, user, count };
    others.push(
      fate === 'alive'
        ? phrase(texts.run, { ...about, pid: String(its.pid) })
        : phrase(texts.runUnknown, { ...about, host: its.host, file: folder.fileOf(file) }),
    );
  }
  return others;
}

function folderOf({ fs, runsFolder }: Pick<Place, 'fs' | 'runsFolder'>): OwnFolder {
  return new OwnFolder(runsFolder(), fs);
}

async function namesIn(folder: OwnFolder): Promise<readonly string[]> {
  try {
    return (await folder.names()).filter((name) => name.endsWith(suffix)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined if the text is not an entry, for example because it is just being written. */
function entryIn(
  text: string | undefined,
): { readonly run: RegisteredRun; readonly process: ProcessIdentity } | undefined {
  const value = text === undefined ? undefined : jsonObjectIn(text);
  const its = identityIn(value?.['process']);
  if (value === undefined || its === undefined) return undefined;
  const part = (name: string): string => textField(value, name) ?? '';
  const bmcIps = Array.isArray(value['bmcIps']) ? value['bmcIps'].filter((one) => typeof one === 'string') : [];
  return {
    run: { stage: part('stage'), project: part('project'), user: part('user'), since: part('since'), bmcIps },
    process: its,
  };
}

function keyOf(bmcIp: string): string {
  return bmcIp.trim().toLowerCase();
}
