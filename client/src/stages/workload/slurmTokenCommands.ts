import { refused } from '@omnia-buildstream/core/errors/userError';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { window } from '../../platform/window.ts';
import { ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { ServerTokens } from '../tokens/serverTokens.ts';

/** Asks for the token of the slurmrestd in the settings and stores it. @throws UserError if the settings name none */
export async function setSlurmToken(tokens: ServerTokens): Promise<void> {
  const server = demandServer();
  if ((await tokens.ask(server)) === undefined) return;
  void window.showInformationMessage(vscode.l10n.t('The token for slurmrestd at {0} was stored.', server.host));
}

/** @throws UserError if there is none */
export async function forgetSlurmToken(tokens: ServerTokens): Promise<void> {
  const server = demandServer();
  if (!(await tokens.forget(server))) {
    throw refused(vscode.l10n.t('No token for slurmrestd at {0} is stored.', server.host));
  }
  void window.showInformationMessage(vscode.l10n.t('The token for slurmrestd at {0} was deleted.', server.host));
}

function demandServer(): URL {
  const { slurm } = ownEngineSettings().workload;
  if (slurm?.kind === 'rest') return slurm.server;
  throw lacking(
    vscode.l10n.t(
      'The settings name no slurmrestd. Set slurm in buildstream.engine.workload to its address, such as https://slurm-ctl:6820.',
    ),
    ways.setting('engine.workload'),
  );
}
