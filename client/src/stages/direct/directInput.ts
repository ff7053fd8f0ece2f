import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import type { Selection } from '@omnia-buildstream/runner/selection';
import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { deployedImage } from '../history/deployedImage.ts';
import { askImageGroup, listedImageGroups } from '../imageGroup.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import { bmcTls, engineSettings } from '../settings/engineConfiguration.ts';
import type { EngineSettings } from '../settings/readEngineSettings.ts';
import type { StageContext, StageTokens } from '../stageContext.ts';
import type { StageRequest } from '../taskDefinition.ts';

/** Input for preparing any stage that runs here. */
export interface DirectInput {
  /** Absolute path of the mapping file, and its text on disk. */
  readonly file: string;
  readonly text: string;
  readonly version: OmniaVersion;
  /** Folder that relative paths are based on. */
  readonly project: string;
  readonly imageGroup: string;
  /** The image groups of the list that the settings name. Undefined if they name no list. */
  readonly groups: readonly ImageGroup[] | undefined;
  readonly selection: Selection;
  /** IDs of the selected checks. Empty for all checks. */
  readonly checks: readonly string[];
  readonly settings: EngineSettings;
  /** Credentials for these BMCs. Asks the user for missing ones. @throws DeclinedError if the user enters none */
  readonly credentials: (addresses: readonly string[]) => Promise<CredentialSource>;
  readonly tokens: StageTokens;
}

/** Reads the mapping file and the settings, and asks for the image group. @throws UserError */
export async function directInput(context: StageContext, request: StageRequest): Promise<DirectInput> {
  const { credentials, tokens, nodes, state } = context;
  const file = await requestFile(request.mapping, nodes);
  const { project, version } = projectOf(file);
  const settings = await engineSettings(file.uri);
  const groups = await listedImageGroups(settings, project);
  const imageGroup = request.imageGroup ?? (await askImageGroup(state, groups, () => deployedImage(context, project)));
  if (imageGroup === undefined)
    throw new DeclinedError(vscode.l10n.t('Nothing was run, because no image group was selected.'));
  const { names, failed, checks } = request;
  return {
    file: file.uri.fsPath,
    text: file.text,
    version,
    project,
    imageGroup,
    groups,
    selection: { names, failed, shard: undefined },
    checks,
    settings,
    credentials: (addresses) => credentials.sourceFor(addresses),
    tokens,
  };
}

/** Access to the BMCs of a run. @throws UserError, DeclinedError if the user enters no password */
export async function accessFor(
  { credentials, settings }: DirectInput,
  addresses: readonly string[],
): Promise<BmcAccess> {
  return {
    credentials: await credentials(addresses),
    tls: await bmcTls(),
    port: settings.bmcPort,
    requestTimeoutMs: settings.requestTimeoutMs,
  };
}
