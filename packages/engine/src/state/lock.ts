import { phrase } from '@omnia-buildstream/core/text/phrase';
import { stateTexts } from './stateTexts.ts';
import { randomUUID } from 'node:crypto';
import { jsonObjectIn } from '@omnia-buildstream/core/text/jsonFields';
import { codeOf } from '../files/fileSystem.ts';
import type { OwnFolder } from '../files/ownFolder.ts';
import { StateError } from '../ports/stateError.ts';
import { identityIn, type ProcessIdentity, type ProcessTable } from './processIdentity.ts';

const attempts = 5;

/**
 * Takes the lock file. The file appears with its content at once (a link to a finished
 * file), so nobody reads half of it. Only the lock of a process that is proven dead is taken over: it is moved aside
 * under a name of our own and read again, so that of two that find it only one removes it, and never a lock that
 * somebody took meanwhile.
 * @throws StateError `locked`
 */
export async function takeLock(folder: OwnFolder, name: string, processes: ProcessTable): Promise<void> {
  const mine = `.${name}.${randomUUID()}.part`;
  await folder.create(mine, `${JSON.stringify(processes.self)}\n`);
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (await tryLink(folder, mine, name)) return;
      const text = await folder.read(name);
      if (text === undefined) continue;
      refuseIfHeld(text, folder.fileOf(name), processes);
      await removeStale(folder, name, text);
    }
    throw new StateError('locked', phrase(stateTexts.busyFile, { file: folder.fileOf(name) }));
  } finally {
    await folder.remove(mine).catch(() => undefined);
  }
}

export async function releaseLock(folder: OwnFolder, name: string, { self }: ProcessTable): Promise<void> {
  const text = await folder.read(name);
  const holder = text === undefined ? undefined : holderOf(text);
  const isOurs = holder?.pid === self.pid && holder.startTime === self.startTime;
  if (isOurs && holder.namespace === self.namespace && holder.bootId === self.bootId) await folder.remove(name);
}

/** Why the state cannot be taken now; undefined: nobody holds it, or its holder is dead. Locks nothing. */
export async function heldNow(
  folder: OwnFolder,
  name: string,
  processes: ProcessTable,
): Promise<StateError | undefined> {
  const text = await folder.read(name);
  return text === undefined ? undefined : refusalOf(text, folder.fileOf(name), processes);
}

async function tryLink(folder: OwnFolder, from: string, to: string): Promise<boolean> {
  try {
    await folder.link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function refuseIfHeld(text: string, file: string, processes: ProcessTable): void {
  const refusal = refusalOf(text, file, processes);
  if (refusal !== undefined) throw refusal;
}

function refusalOf(text: string, file: string, processes: ProcessTable): StateError | undefined {
  const holder = holderOf(text);
  if (holder === undefined) return new StateError('locked', phrase(stateTexts.lockedByUnknown, { file }));
  const { pid, host } = holder;
  switch (processes.fateOf(holder)) {
    case 'dead':
      return undefined;
    case 'alive':
      return new StateError('locked', phrase(stateTexts.locked, { pid: String(pid) }));
    case 'unknown': {
      const text = host === processes.self.host ? stateTexts.lockedBefore : stateTexts.lockedElsewhere;
      return new StateError('locked', phrase(text, { host, pid: String(pid), file }));
    }
  }
}

async function removeStale(folder: OwnFolder, name: string, seen: string): Promise<void> {
  const aside = `.${name}.${randomUUID()}.part`;
  try {
    await folder.rename(name, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Between reading and moving, it may have been replaced: then its process is alive and it is moved back.
  if ((await folder.read(aside)) !== seen) await tryLink(folder, aside, name);
  await folder.remove(aside);
}

/** Undefined for a text that names no process. */
function holderOf(text: string): ProcessIdentity | undefined {
  return identityIn(jsonObjectIn(text));
}
