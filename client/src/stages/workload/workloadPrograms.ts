import { systemPrograms } from '@omnia-buildstream/runner/workload/systemPrograms';
import type { WorkloadOption, WorkloadPrograms } from '@omnia-buildstream/runner/workload/workload';
import { portOf } from '../../settings/trust.ts';
import { machine } from '../machine.ts';
import { bmcTls } from '../settings/engineConfiguration.ts';
import type { ServerTokens } from '../tokens/serverTokens.ts';

/** Whether the user is asked for a missing token, or only a stored one is used. */
export type TokenWay = 'ask' | 'stored';

/**
 * Programs and access for asking the workload managers in the settings about jobs. A token that slurmrestd rejects is
 * deleted, so that the next run asks for one.
 * @throws DeclinedError if the user is asked for a token and enters none
 */
export async function workloadPrograms(
  { slurm }: Pick<WorkloadOption, 'slurm'>,
  tokens: ServerTokens,
  way: TokenWay,
): Promise<WorkloadPrograms> {
  if (slurm?.kind !== 'rest') return systemPrograms;
  const { server } = slurm;
  const token = way === 'ask' ? await tokens.tokenFor(server) : await tokens.stored(server);
  if (token === undefined) return systemPrograms;
  const onRefused = async (): Promise<void> => {
    await tokens.forget(server, token);
  };
  const tls = await bmcTls(portOf(server));
  return { ...systemPrograms, slurmRest: { token, tls, clock: machine.clock, onRefused } };
}
