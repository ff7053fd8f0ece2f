import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import type { Machine } from '../machine.ts';
import { lookForOthers, refuseOthers, type OtherPlace } from './othersAtWork.ts';
import { registerRun, runsHere, type RegisteredRun, type Registration } from './runsHere.ts';

/** Where to check for other runs. */
export interface OthersWatch {
  /** In addition to this computer. */
  readonly places: readonly OtherPlace[];
  /** Called if other runs cannot see this one. */
  readonly unseen: (error: unknown) => void;
}

/** What is about to begin. */
export interface Beginning extends Pick<RegisteredRun, 'project' | 'user'> {
  /** Whether it may interfere with others: it touches nodes, or something that decides about them. */
  readonly touches: boolean;
  readonly name: string;
  readonly plan: Pick<StagePlan, 'nodes' | 'backend'>;
}

type BesideMachine = Pick<Machine, 'clock' | 'fs' | 'newId' | 'processes' | 'runsFolder'>;

/**
 * The only way to begin anything after the user has agreed: registers a run from here so that others can see it, then
 * checks for other runs once more. If two runs begin at the same moment, at least one sees the other.
 * @throws UserError if others are at work, in which case nothing was begun; or what `work` throws
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

/** A run that cannot be registered runs nevertheless: `unseen` reports that others cannot see it. */
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
