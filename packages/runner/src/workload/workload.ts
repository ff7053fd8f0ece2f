import type { KnownWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { phrase } from '@omnia-buildstream/core/text/phrase';
import { onlyLook, type WorkSettings } from '@omnia-buildstream/core/plan/jobs/workSettings';
import type { WorkloadManager, WorkloadNode } from '@omnia-buildstream/engine/ports/workload';
import type { ProgramRunner } from '@omnia-buildstream/engine/processes/program';
import { Kubectl } from '@omnia-buildstream/engine/workload/kubernetes/kubectl';
import { SeveralManagers } from '@omnia-buildstream/engine/workload/severalManagers';
import { lookAtWork } from '@omnia-buildstream/engine/workload/sharedLook';
import { SlurmManager, type SlurmWay } from '@omnia-buildstream/engine/workload/slurm/slurmManager';
import { SlurmRest, type RestCall } from '@omnia-buildstream/engine/workload/slurm/slurmRest';
import { slurmTexts } from '@omnia-buildstream/engine/workload/slurm/slurmTexts';
import { SlurmOverSsh } from '@omnia-buildstream/engine/workload/slurm/slurmOverSsh';
import { thisMachine, type Machine } from '../machine.ts';
import type { KubePlace, SlurmPlace, SlurmRestPlace } from './places.ts';
import { slurmRestCall, type SlurmRestAccess } from './slurmRestCall.ts';

/** The configured workload managers, which are asked for jobs on nodes. */
export interface WorkloadOption {
  readonly slurm: SlurmPlace | SlurmRestPlace | undefined;
  readonly kube: KubePlace | undefined;
  /** How a restart from here treats jobs. */
  readonly work: WorkSettings;
}

export const nobodyAsked: WorkloadOption = { slurm: undefined, kube: undefined, work: onlyLook };

/** Programs of the system that are run for this. */
export interface WorkloadPrograms {
  readonly ssh: ProgramRunner;
  readonly kubectl: ProgramRunner;
  /** For slurmrestd; absent if there is no token. */
  readonly slurmRest?: SlurmRestAccess;
}

/** The workload managers, and what they reported before the user was asked. */
export interface Workload {
  readonly manager: WorkloadManager;
  readonly known: KnownWork;
  readonly settings: WorkSettings;
}

/** Undefined if no workload manager is configured. */
export function workloadManager(
  { slurm, kube }: Pick<WorkloadOption, 'slurm' | 'kube'>,
  programs: WorkloadPrograms,
): WorkloadManager | undefined {
  const { kubectl } = programs;
  const managers = [
    ...(slurm === undefined ? [] : [new SlurmManager(slurmWay(slurm, programs))]),
    ...(kube === undefined ? [] : [new Kubectl({ ...kube, run: kubectl })]),
  ];
  const [only] = managers;
  return managers.length > 1 ? new SeveralManagers(managers) : only;
}

function slurmWay(place: SlurmPlace | SlurmRestPlace, { ssh, slurmRest }: WorkloadPrograms): SlurmWay {
  if (place.kind === 'ssh') return new SlurmOverSsh({ ...place, run: ssh });
  const { host } = place.server;
  const noToken: RestCall = () => Promise.resolve({ withoutToken: phrase(slurmTexts.noToken, { host }) });
  return new SlurmRest(host, slurmRest === undefined ? noToken : slurmRestCall(place, slurmRest));
}

/** Asks what runs on nodes; resolves to undefined if no workload manager is configured. */
export type AskWork = (nodes: readonly WorkloadNode[]) => Promise<KnownWork | undefined>;

/** Asks only once, for a question about a restart by Omnia: later calls get the same result. */
export function askedOnce(
  manager: WorkloadManager | undefined,
  { clock }: Pick<Machine, 'clock'>,
  signal: AbortSignal,
): AskWork {
  let asked: Promise<KnownWork> | undefined;
  return async (nodes) => {
    if (manager !== undefined && nodes.length > 0) asked ??= lookAtWork(manager, nodes, clock, signal);
    return manager === undefined ? undefined : asked;
  };
}

/**
 * Asks what runs on these nodes now, for the plan of a restart; undefined if no workload manager is configured. Rejects
 * with the signal's reason.
 */
export async function askWorkload(
  option: WorkloadOption,
  programs: WorkloadPrograms,
  nodes: readonly WorkloadNode[],
  { clock }: Pick<Machine, 'clock'> = thisMachine,
  signal: AbortSignal = new AbortController().signal,
): Promise<Workload | undefined> {
  const manager = workloadManager(option, programs);
  if (manager === undefined) return undefined;
  return { manager, known: await lookAtWork(manager, nodes, clock, signal), settings: option.work };
}
