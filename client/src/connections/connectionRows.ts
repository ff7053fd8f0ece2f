import * as vscode from 'vscode';

/** What is known about the connections to servers and BMCs, without contacting any of them. */
export interface ConnectionFacts {
  readonly gitlab: readonly { readonly host: string; readonly username: string }[];
  /** Undefined if no BuildStreaM API is set up. */
  readonly api: { readonly host: string; readonly isSignedIn: boolean } | undefined;
  /** Undefined if no slurmrestd is used for jobs; Slurm over ssh needs nothing that is stored here. */
  readonly slurm: { readonly host: string; readonly hasToken: boolean } | undefined;
  /** Hosts for which credentials are stored. */
  readonly bmcs: readonly string[];
  /** Address of the lab's GitLab. Undefined if it is not connected. */
  readonly lab: string | undefined;
}

export interface ConnectionRow {
  /** Also the context value for `when` in package.json, with `signedIn` added if the connection is usable. */
  readonly id: 'gitlab' | 'api' | 'bmcs' | 'slurm' | 'lab';
  readonly label: string;
  readonly state: string;
  readonly isUsable: boolean;
  /** What a click does. */
  readonly command: string;
}

/** One row per connection, in the order in which they are needed. Pure. */
export function connectionRows({ gitlab, api, bmcs, slurm, lab }: ConnectionFacts): ConnectionRow[] {
  const isSignedIn = gitlab.length > 0;
  const signedOut = vscode.l10n.t('signed out');
  return [
    {
      id: 'gitlab',
      label: vscode.l10n.t('GitLab'),
      state: isSignedIn ? gitlab.map(({ host, username }) => `${host} · ${username}`).join(', ') : signedOut,
      isUsable: isSignedIn,
      command: isSignedIn ? 'buildstream.testConnection' : 'buildstream.signIn',
    },
    {
      id: 'api',
      label: vscode.l10n.t('Management server'),
      state: api === undefined ? vscode.l10n.t('not set up') : api.isSignedIn ? api.host : `${api.host} · ${signedOut}`,
      isUsable: api?.isSignedIn === true,
      command: api?.isSignedIn === true ? 'buildstream.testApi' : 'buildstream.signInApi',
    },
    {
      id: 'bmcs',
      label: vscode.l10n.t('BMCs'),
      state:
        bmcs.length === 0 ? vscode.l10n.t('no credentials') : vscode.l10n.t('credentials for {0}', bmcs.join(', ')),
      isUsable: bmcs.length > 0,
      command: 'buildstream.setBmcCredentials',
    },
    ...(slurm === undefined
      ? []
      : [
          {
            id: 'slurm' as const,
            label: vscode.l10n.t('Slurm'),
            state: slurm.hasToken ? slurm.host : vscode.l10n.t('{0} · no token', slurm.host),
            isUsable: slurm.hasToken,
            command: 'buildstream.setSlurmToken',
          },
        ]),
    {
      id: 'lab',
      label: vscode.l10n.t('Lab'),
      state: lab ?? vscode.l10n.t('not connected'),
      isUsable: lab !== undefined,
      command: lab === undefined ? 'buildstream.startLab' : 'buildstream.repairLabNode',
    },
  ];
}
