import * as vscode from 'vscode';
import type { ApiClients } from './apiClients.ts';
import { demandCredential, demandApi } from './openApi.ts';
import { countGroups } from './signInApi.ts';
import { healthOrPin } from './trustApi.ts';
import { window } from '../platform/window.ts';

/** Checks certificate, health and token in turn. The first failure says what to do. @throws OimError, UserError */
export async function testApi(clients: ApiClients): Promise<void> {
  const server = demandApi();
  const health = await healthOrPin(server);
  if (health === undefined) return;
  const credential = await demandCredential(clients, server);
  const count = await countGroups(server, credential);
  void window.showInformationMessage(
    vscode.l10n.t(
      'The BuildStreaM API at {0} is responding, with the status {1}. Certificate and client {2} are accepted. Image groups there: {3}.',
      server.host,
      health,
      credential.id,
      count,
    ),
  );
}
