import { onlyLook, type WorkSettings } from '@omnia-buildstream/core/plan/jobs/workSettings';
import { parseKubePlace, parseSlurm } from '@omnia-buildstream/runner/workload/places';
import type { WorkloadOption, WorkloadPrograms } from '@omnia-buildstream/runner/workload/workload';
import { cannotRun } from './cannotRun.ts';
import type { Io } from './io.ts';
import { readAuthorities } from './run/authorities.ts';
import { bad, whole } from './optionValues.ts';

/** Which service is asked whose jobs are running on nodes. */
export const workloadOptions = {
  slurm: { type: 'string' },
  'slurm-ca': { type: 'string' },
  kubectl: { type: 'string' },
} as const;

export const workloadHelp = `  --slurm [USER@]HOST[:PORT]  a host with Slurm's commands, such as its controller, that is asked over your own ssh whose jobs
                      run on the nodes; its host key has to be known. Without it no jobs are known
  --slurm https://[USER@]HOST:PORT  the same by slurmrestd, with a token from BUILDSTREAM_SLURM_TOKEN or the terminal; http only
                      on this computer, such as the end of a tunnel
  --slurm-ca FILE     the authorities that signed the certificate of slurmrestd, PEM
  --kubectl CONTEXT   a Kubernetes cluster that is asked for the pods on the nodes, by the context of kubectl's own
                      configuration, or "current"; pods of daemon sets do not count
`;

/** What a restart from here does about these jobs. */
export const jobOptions = {
  ...workloadOptions,
  'with-jobs': { type: 'boolean', default: false },
  drain: { type: 'boolean', default: false },
  'wait-for-jobs': { type: 'string' },
  resume: { type: 'boolean', default: false },
} as const;

export const jobHelp = `${workloadHelp}  --with-jobs         nodes on which jobs run, too: the jobs are killed. Otherwise such nodes are left out, unless --nodes
                      names them; each node is checked again right before its restart
  --drain             drain each node before its restart, with a reason that names the run
  --wait-for-jobs MINUTES  with --drain: nodes on which jobs run, too, when their jobs are done; a node whose jobs still
                      run after so many minutes is not restarted
  --resume            with --drain: resume each node when it has reported, or was not restarted
`;

/** @throws UserError for an invalid place */
export function workloadOf({ slurm, kubectl, 'slurm-ca': ca }: WorkloadValues): WorkloadOption {
  const place = slurm === undefined ? undefined : parseSlurm(slurm, ca);
  if (slurm !== undefined && place === undefined)
    throw bad(`--slurm takes [USER@]HOST[:PORT] or https://[USER@]HOST:PORT, not "${slurm}".`);
  if (ca !== undefined && place?.kind !== 'rest')
    throw bad('--slurm-ca is for slurmrestd. Give its address: --slurm https://HOST:PORT.');
  const kube = kubectl === undefined ? undefined : parseKubePlace(kubectl);
  if (kubectl !== undefined && kube === undefined)
    throw bad(`--kubectl takes a context, or current, not "${kubectl}".`);
  return { slurm: place, kube, work: onlyLook };
}

/** The programs and the credentials for asking them. @throws UserError without a token for slurmrestd */
export async function programsFor({ slurm }: Pick<WorkloadOption, 'slurm'>, io: Io): Promise<WorkloadPrograms> {
  if (slurm?.kind !== 'rest') return io;
  const given = io.env['BUILDSTREAM_SLURM_TOKEN'] ?? '';
  const token = given === '' ? await io.askSecret(`Token for slurmrestd at ${slurm.server.host}: `) : given;
  if (token === undefined || token === '') {
    throw cannotRun(
      'arguments',
      'There is no token for slurmrestd. Set BUILDSTREAM_SLURM_TOKEN, or run it at a terminal.',
    );
  }
  const ca = slurm.ca === undefined ? undefined : await readAuthorities(slurm.ca, io, '--slurm-ca');
  return { ssh: io.ssh, kubectl: io.kubectl, slurmRest: { token, tls: { ca, pins: [] }, clock: io.clock } };
}

interface WorkloadValues {
  readonly slurm?: string | undefined;
  readonly 'slurm-ca'?: string | undefined;
  readonly kubectl?: string | undefined;
}

interface JobValues extends WorkloadValues {
  readonly 'with-jobs': boolean;
  readonly drain: boolean;
  readonly 'wait-for-jobs'?: string | undefined;
  readonly resume: boolean;
}

/** The longest time to wait for jobs, in minutes: four weeks. */
const mostMinutes = 40_320;

/** @throws UserError for invalid values, or values that do not fit together */
export function jobsOf(values: JobValues): { readonly withJobs: boolean; readonly workload: WorkloadOption } {
  const { drain, resume, 'with-jobs': withJobs, 'wait-for-jobs': wait } = values;
  const option = workloadOf(values);
  if ((withJobs || drain) && option.slurm === undefined && option.kube === undefined) {
    throw bad(`--${drain ? 'drain' : 'with-jobs'} needs to know whom to ask for jobs. Add --slurm or --kubectl.`);
  }
  if (!drain && (wait !== undefined || resume)) {
    throw bad(`--${resume ? 'resume' : 'wait-for-jobs'} is for nodes that are drained. Add --drain.`);
  }
  if (withJobs && wait !== undefined) throw bad('Give either --with-jobs, which kills jobs, or --wait-for-jobs.');
  const waitMs = wait === undefined ? undefined : whole('--wait-for-jobs', wait, 1, mostMinutes) * 60_000;
  const work: WorkSettings = { drain, waitMs, resume };
  return { withJobs, workload: { ...option, work } };
}
