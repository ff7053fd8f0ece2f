import type { BmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import * as vscode from 'vscode';
import { carryOut } from '../session/runView.ts';
import { deployFacts } from '../facts/askDeployFacts.ts';
import type { StageContext } from '../stageContext.ts';
import type { OfferedStage, StageDefinition, StageWay } from '../stageDefinition.ts';
import { accessFor, directInput, type DirectInput } from './directInput.ts';
import type { DirectOffer, DirectWords } from './directOffer.ts';
import { DirectView } from './directView.ts';

interface DirectDefinition<End> extends Pick<StageDefinition, 'name' | 'title' | 'description'> {
  readonly words: DirectWords;
  /** Absolute path of its state folder, which has one run at a time. */
  readonly stateFolder: (input: Pick<DirectInput, 'project' | 'settings'>) => string;
  /** @throws UserError, StateError */
  readonly offer: (input: DirectInput) => Promise<DirectOffer<End>>;
}

/** A stage that the local stage engine runs through the BMCs. */
export interface DirectStage extends StageDefinition {
  readonly stateFolder: (input: Pick<DirectInput, 'project' | 'settings'>) => string;
}

/** Creates an entry of the stage table from its specific parts. */
export function directStage<End>(definition: DirectDefinition<End>): DirectStage {
  const { name, title, description, stateFolder } = definition;
  return {
    name,
    backend: 'direct',
    title,
    fullTitle: () => fromHere(title()),
    description,
    stateFolder,
    async open(context, request) {
      const input = await directInput(context, request);
      return {
        place: stateFolder(input),
        isFollowing: false,
        prepare: () => offered(context, definition, input),
      };
    },
  };
}

/** Says where the stage ran, because GitLab and the management server have a stage of the same name. */
function fromHere(title: string): string {
  return vscode.l10n.t('{0} from this computer', title);
}

async function offered<End>(
  context: StageContext,
  definition: DirectDefinition<End>,
  input: DirectInput,
): Promise<OfferedStage> {
  const offer = await definition.offer(input);
  const { prepared, standing = [], question, others = [] } = offer;
  const elsewhere = [context.inGitLab, deployFacts(context).atOim];
  const furtherOf = ({ further }: DirectOffer<End>): Pick<StageWay, 'further'> =>
    further === undefined ? {} : { further: { ...further, without: further.without && wayOf(further.without) } };
  const wayOf = (way: DirectOffer<End>): StageWay => ({
    button: way.button,
    notes: way.notes,
    ...furtherOf(way),
    carryOut: (run) => {
      const { name, title, words, stateFolder } = definition;
      const folder = stateFolder(input);
      const view = new DirectView({ context, input, offer: way, run, title: fromHere(title()), words, folder, name });
      const access = (addresses: readonly string[]): Promise<BmcAccess> => accessFor(input, addresses);
      const { project, file, text } = input;
      return carryOut(way.prepared, view, { ...run, access }, { project, context, mapping: { file, text }, elsewhere });
    },
  });
  return {
    ...wayOf(offer),
    plan: prepared,
    elsewhere,
    standing,
    question,
    others: others.map(wayOf),
    close: () => prepared.close(),
  };
}
