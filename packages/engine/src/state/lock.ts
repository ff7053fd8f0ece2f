import { isJsonObject, textField } from '@omnia-buildstream/core/text/jsonFields';
import { StateError } from '../ports/stateStore.ts';
import type { ProcessIdentity, ProcessTable } from './processIdentity.ts';
import { codeOf, readIfThere, type StateFs } from './stateFs.ts';

const attempts = 5;

/**
 * Takes the lock file, or throws StateError `locked`. The file appears with its content at once (a link to a finished
 * file), so nobody reads half of it. A lock whose holder is dead is stale: it is moved aside under a name of our own
 * and read again, so that of two that find it only one removes it, and never a lock that somebody took meanwhile.
 */
export async function takeLock(fs: StateFs, file: string, processes: ProcessTable): Promise<void> {
  const { self } = processes;
  const mine = `${file}.${String(self.pid)}-${self.startTime}`;
  await fs.writeFile(mine, `${JSON.stringify(self)}\n`, 'utf8');
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (await tryLink(fs, mine, file)) return;
      const text = await readIfThere(fs, file);
      if (text === undefined) continue;
      refuseIfHeld(text, file, processes);
      await removeStale(fs, file, `${mine}.stale`, text);
    }
    throw new StateError('locked', `${file} changes hands all the time; try again`);
  } finally {
    await fs.unlink(mine).catch(() => undefined);
  }
}

export async function releaseLock(fs: StateFs, file: string, { self }: ProcessTable): Promise<void> {
  const text = await readIfThere(fs, file);
  const holder = text === undefined ? undefined : holderOf(text);
  if (holder?.pid === self.pid && holder.startTime === self.startTime) await fs.unlink(file).catch(() => undefined);
}

/** Who works with the state now; undefined: nobody, as far as can be told from here. Locks nothing. */
export async function holderNow(
  fs: StateFs,
  file: string,
  processes: ProcessTable,
): Promise<ProcessIdentity | undefined> {
  const text = await readIfThere(fs, file);
  const holder = text === undefined ? undefined : holderOf(text);
  if (holder === undefined) return undefined;
  return holder.host !== processes.self.host || processes.isAlive(holder) ? holder : undefined;
}

async function tryLink(fs: StateFs, from: string, to: string): Promise<boolean> {
  try {
    await fs.link(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function refuseIfHeld(text: string, file: string, processes: ProcessTable): void {
  const holder = holderOf(text);
  if (holder === undefined) return;
  if (holder.host !== processes.self.host) {
    const advice = `If no run is under way there, remove ${file}.`;
    throw new StateError('locked', `The state is in use by a run on ${holder.host}. ${advice}`);
  }
  if (processes.isAlive(holder)) {
    throw new StateError('locked', `The state is in use by another run (process ${String(holder.pid)}).`);
  }
}

async function removeStale(fs: StateFs, file: string, aside: string, seen: string): Promise<void> {
  try {
    await fs.rename(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Between reading and moving somebody may have replaced it: then it is alive and goes back.
  if ((await readIfThere(fs, aside)) !== seen) await tryLink(fs, aside, file);
  await fs.unlink(aside);
}

/** Undefined for a text that is no lock: left by something else, so it holds nothing. */
function holderOf(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value) || typeof value['pid'] !== 'number') return undefined;
    const part = (name: string): string => textField(value, name) ?? '';
    return { pid: value['pid'], startTime: part('startTime'), bootId: part('bootId'), host: part('host') };
  } catch {
    return undefined;
  }
}
