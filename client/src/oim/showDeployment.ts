import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import * as vscode from 'vscode';
import { shownProject } from '../nodes/projectFacts.ts';
import { deployedImage } from '../stages/history/deployedImage.ts';
import { lastImageGroup } from '../stages/imageGroup.ts';
import type { StageContext } from '../stages/stageContext.ts';
import { groupNamed, pickGroup } from '../stages/oim/chooseGroup.ts';
import { whileAsking } from '../platform/whileAsking.ts';
import { demandCredential, demandApi, withApi } from './openApi.ts';

/** Shows what the API reports about an image group and its job. Changes nothing. @throws OimError, UserError */
export async function showDeployment(context: StageContext, given: unknown): Promise<void> {
  const server = demandApi();
  const credential = await demandCredential(context.apiClients, server);
  const title = vscode.l10n.t('Contacting the BuildStreaM API at {0}', server.host);
  await withApi({ server, credential }, async (client) => {
    const chosen = await choose(context, client, { given, title });
    if (chosen === undefined) return;
    await whileAsking(title, (signal) => context.deployments.show(client, chosen.imageGroup, signal));
  });
}

interface Chosen {
  /** Undefined if the API has none. */
  readonly imageGroup: string | undefined;
}

/** Undefined if the user cancels. */
async function choose(
  context: StageContext,
  client: OimClient,
  { given, title }: { readonly given: unknown; readonly title: string },
): Promise<Chosen | undefined> {
  const groups = await whileAsking(title, (signal) => client.images(undefined, signal));
  if (typeof given === 'string') return { imageGroup: groupNamed(groups, given).id };
  const [only, ...others] = groups;
  if (others.length === 0) return { imageGroup: only?.id };
  const project = shownProject(context.nodes.list);
  const deployed = project?.scheme === 'file' ? await deployedImage(context, project.fsPath) : undefined;
  const picked = await pickGroup(groups, { last: lastImageGroup(context.state), deployed });
  return picked === undefined ? undefined : { imageGroup: picked.id };
}
