import type { RoleImage } from '../ports/images.ts';
import type { ServiceName } from '@omnia-buildstream/core/stage/serviceNames';
import type { CheckKind } from './check.ts';

/** Which checks there are. */
export interface CheckSettings {
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** Names or addresses that serve NFS: the mapping file has no role for it. */
  readonly nfsHosts: readonly string[];
  /** Only these kinds; undefined: all that the roles ask for. */
  readonly kinds: readonly CheckKind[] | undefined;
  /** A key for SSH is given, so that clock and image can be read. */
  readonly canLogIn: boolean;
  readonly expected: ExpectedImages;
  /** How many nodes are asked for their image; undefined: all. */
  readonly imageSample: Sample | undefined;
}

export interface Sample {
  readonly size: number;
  /** The same seed chooses the same nodes. */
  readonly seed: string;
}

/** What nodes should run: the image of their role if the source of images knows it, else the image group's name. */
export interface ExpectedImages {
  /** Empty when not specified. */
  readonly imageGroup: string;
  readonly images: readonly RoleImage[];
}

/** How checks are run. Times are milliseconds. */
export interface RunSettings {
  /** Checks that are carried out at the same time. */
  readonly concurrency: number;
  /** One look. */
  readonly checkLimitMs: number;
  readonly stageLimitMs: number;
  /** Counted from the start of the stage: for this long, a service that does not respond may be coming up. */
  readonly comeUpMs: number;
  readonly againAfterMs: number;
}

/** Ports as Slurm, Kubernetes and NFS register them. */
export const defaultPorts: CheckSettings['ports'] = {
  ssh: 22,
  slurmctld: 6817,
  slurmd: 6818,
  'kube-api': 6443,
  kubelet: 10250,
  nfs: 2049,
};

const second = 1_000;
const minute = 60 * second;

/** The stage's limit is that of Omnia 2.2 (omnia.md section 6). */
export const defaultRunSettings: RunSettings = {
  concurrency: 32,
  checkLimitMs: 10 * second,
  stageLimitMs: 120 * minute,
  comeUpMs: minute,
  againAfterMs: 5 * second,
};

export const defaultCheckSettings: CheckSettings = {
  ports: defaultPorts,
  nfsHosts: [],
  kinds: undefined,
  canLogIn: false,
  expected: { imageGroup: '', images: [] },
  imageSample: undefined,
};
