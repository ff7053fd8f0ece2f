import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Machine } from '../machine.ts';
import { lookForOthers, refuseOthers, type OtherPlace } from './othersAtWork.ts';
import { registerRun, runsHere, type RegisteredRun, type Registration } from './runsHere.ts';

/** Where others are looked for. */
export interface OthersWatch {
  /** Besides this computer. */
  readonly places: readonly OtherPlace[];
  /** Told when other runs cannot see this one. */
  readonly unseen: (error: unknown) => void;
}

/** What is begun. */
export interface Beginning extends Pick<RegisteredRun, 'project' | 'user'> {
  /** Whether it may interfere with others: it touches nodes, or what decides about them. */
  readonly touches: boolean;
  readonly name: string;
  readonly plan: Pick<StagePlan, 'nodes' | 'backend'>;
}

type BesideMachine = Pick<Machine, 'clock' | 'fs' | 'newId' | 'processes' | 'runsFolder'>;

/**
 * The one way in which anything is begun, after somebody has agreed to it: a run from here is registered for others to see,
 * then others are looked for once more. Of two that begin at the same moment at least one sees the other.
 * @throws UserError when others are at work: then nothing was begun; or what `work` throws
 */
export async function besideOthers<T>(
  beginning: Beginning,
  watch: OthersWatch,
  machine: BesideMachine,
  work: () => Promise<T>,
): Promise<T> {
  const { touches, plan } = beginning;
  if (!touches) return work();
  const registration = plan.backend === 'direct' ? await registered(beginning, watch, machine) : undefined;
  try {
    const here = registration?.others ?? runsHere(machine);
    refuseOthers(await lookForOthers([here, ...watch.places], plan));
    return await work();
  } finally {
    await registration?.end();
  }
}

/** A run that cannot be registered is run all the same: who cannot see it is told by that. */
async function registered(
  { name, project, user, plan }: Beginning,
  { unseen }: OthersWatch,
  machine: BesideMachine,
): Promise<Registration | undefined> {
  const since = new Date(machine.clock.now()).toISOString();
  const bmcIps = plan.nodes.map(({ target }) => target.bmcIp);
  try {
    return await registerRun(machine, { stage: name, project, user, since, bmcIps });
  } catch (error) {
    unseen(error);
    return undefined;
  }
}
