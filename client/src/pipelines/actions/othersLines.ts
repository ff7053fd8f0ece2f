import type { StagePlan } from '@omnia-buildstream/core/stage/preparedStage';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { othersInGitLab } from '@omnia-buildstream/gitlab/omnia/othersAtWork';
import { gitlabNotKnown } from '@omnia-buildstream/runner/others/notKnown';
import {
  lookForOthers,
  othersNotes,
  refuseOthers,
  type OtherPlace,
} from '@omnia-buildstream/runner/others/othersAtWork';
import { runsHere } from '@omnia-buildstream/runner/others/runsHere';
import { say } from '../../platform/say.ts';
import { machine } from '../../stages/machine.ts';
import type { OpenProject } from '../project/projectSession.ts';
import type { ActionContext } from './actionContext.ts';

/** An action that interferes with others. */
export interface Disturbing {
  /** Number of the pipeline that is acted on, which does not count as another one. Undefined if there is none. */
  readonly own: number | undefined;
}

/** Result of the search for others at work, for the question. @throws UserError if there are any */
export async function othersLines(
  context: Pick<ActionContext, 'facts'>,
  open: OpenProject,
  plan: Pick<StagePlan, 'nodes'>,
  { own }: Disturbing,
): Promise<string[]> {
  const seen = await lookForOthers([runsHere(machine), ...(await otherPlaces(context, open, own))], plan);
  refuseOthers(seen);
  return othersNotes(seen).map((note) => wordsOf(note, say));
}

/** Where to look for others, in addition to this computer. */
export async function otherPlaces(
  { facts }: Pick<ActionContext, 'facts'>,
  open: OpenProject,
  own: number | undefined,
): Promise<readonly OtherPlace[]> {
  const gitlab = {
    name: gitlabNotKnown().name,
    look: async (_: unknown, signal: AbortSignal) => ({
      others: await othersInGitLab(open, { own, cadences: false }, { signal }),
    }),
  };
  return [gitlab, (await facts()).atOim];
}
