import { randomBytes } from 'node:crypto';

export const defaultBranch = 'main';
export const projectPath = 'root/omnia';
export const gitlabUser = 'root';
export const bmcUser = 'root';

/** The credentials for the servers of one lab; new at every start. */
export interface Secrets {
  readonly bmcPassword: string;
  readonly gitlabToken: string;
  readonly apiUser: string;
  readonly apiPassword: string;
  readonly controlToken: string;
}

const secretBytes = 15;

export function makeSecrets(): Secrets {
  const secret = (): string => randomBytes(secretBytes).toString('base64url');
  return {
    bmcPassword: secret(),
    gitlabToken: `glpat-${secret()}`,
    apiUser: 'admin',
    apiPassword: secret(),
    controlToken: secret(),
  };
}
