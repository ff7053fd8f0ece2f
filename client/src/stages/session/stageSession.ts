import { refused } from '@omnia-buildstream/core/errors/userError';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { refuseObstacles } from '@omnia-buildstream/core/errors/refuseObstacles';
import { disturbs } from '@omnia-buildstream/runner/others/disturbs';
import {
  lookForOthers,
  othersNotes,
  refuseOthers,
  type OthersSeen,
} from '@omnia-buildstream/runner/others/othersAtWork';
import { runsHere } from '@omnia-buildstream/runner/others/runsHere';
import type { StageName } from '@omnia-buildstream/core/stage/stageName';
import * as vscode from 'vscode';
import { DeclinedError } from '../../errors/declinedError.ts';
import { backendOf } from '../../oim/apiConfiguration.ts';
import { say } from '../../platform/say.ts';
import { confirmStage, notesOfWays } from './confirmStage.ts';
import { exitCodes } from '../exitCodes.ts';
import { limitNotTaken } from '../editorBackends.ts';
import { rememberImageGroup } from '../imageGroup.ts';
import type { StageContext } from '../stageContext.ts';
import type { OfferedStage, SessionRun, StageDefinition, StageWay } from '../stageDefinition.ts';
import { stageOf } from '../stageTable.ts';
import { machine } from '../machine.ts';
import type { StopSwitch } from './stopSwitch.ts';
import type { StageRequest } from '../taskDefinition.ts';
import { painted } from './terminalText.ts';

/**
 * Runs one stage of any backend from request to end: plan, question, run, outcome. All output goes to `write`, line by
 * line. Resolves to the exit code. @throws UserError, StateError
 */
export async function runStage(
  context: StageContext,
  request: StageRequest,
  { write, onStop }: Pick<SessionRun, 'write'> & { readonly onStop: (stop: StopSwitch) => void },
): Promise<number> {
  const stage = stageOf(request.stage, backendOf(request));
  if (stage === undefined) throw refused(vscode.l10n.t('The stage "{0}" does not run in the editor.', request.stage));
  refuseSelection(stage, request);
  const open = await stage.open(context, request);
  const { stop, end } = context.running.begin(open.place, open);
  try {
    onStop(stop);
    const offered = await open.prepare(AbortSignal.any([stop.stop, stop.stopAtOnce]));
    try {
      const agreed = await agree(context, stage, offered, write);
      if (agreed === undefined) return exitCodes.ok;
      return await agreed.way.carryOut({ write, stop, answers: agreed.answers });
    } finally {
      await offered.close();
    }
  } finally {
    end();
  }
}

/** A stage that cannot be limited must not silently run on all nodes. */
function refuseSelection({ name, backend, title }: StageDefinition, request: StageRequest): void {
  if (limitNotTaken(backend, name, request) === undefined) return;
  throw refused(vscode.l10n.t('The stage {0} cannot be limited to these nodes. Run it on all.', title()));
}

/**
 * Shows what the stage uses and affects, and asks for confirmation. Resolves to the way that the user chose, undefined
 * if there is nothing to do. @throws UserError for an obstacle, DeclinedError if the user declines
 */
async function agree(
  { state, showPage, asker = 'person' }: StageContext,
  { fullTitle, name }: StageDefinition,
  offered: OfferedStage,
  write: SessionRun['write'],
): ReturnType<typeof confirmStage> {
  const { plan, standing } = offered;
  const seen = await othersSeen(offered, name);
  const others = othersNotes(seen).map((note) => wordsOf(note, say));
  const shown = withNotes(offered, others);
  const told = [...notesOfWays([shown, ...shown.others]).flat(), ...standing];
  write(painted('cyan', fullTitle()), ...told.map(plainLine), '');
  const nodes = plan.nodes.map(({ target: { hostname, bmcIp }, why }) => ({ hostname, bmcIp, why: wordsOf(why, say) }));
  write(
    ...nodes.map(({ hostname, bmcIp, why }) => `  ${plainLine(hostname)} (${plainLine(bmcIp)}): ${plainLine(why)}`),
  );
  refuseObstacles(plan);
  if (plan.isNothing) {
    write(vscode.l10n.t('Nothing to do: the plan contains no nodes to run.'));
    return undefined;
  }
  refuseOthers(seen);
  const agreed = await confirmStage(shown, showPage, asker);
  if (agreed === undefined) throw new DeclinedError(vscode.l10n.t('Nothing was touched.'));
  await rememberImageGroup(state, plan.imageGroup);
  return agreed;
}

/** Other runs in progress. Empty, without looking, if the stage asks nothing or does not disturb nodes. */
async function othersSeen({ plan, elsewhere }: OfferedStage, name: StageName): Promise<OthersSeen> {
  if (!plan.asks || !disturbs[name]) return [];
  return lookForOthers([runsHere(machine), ...elsewhere], plan);
}

/** The stage with further notes on each of its ways, also for when the question is asked again. */
function withNotes(offered: OfferedStage, more: readonly string[]): OfferedStage {
  const noted = <Way extends Pick<StageWay, 'notes'>>(way: Way): Way => ({ ...way, notes: [...way.notes, ...more] });
  const { first } = offered;
  const again = first && { ...first, notes: async () => [...(await first.notes()), ...more] };
  return { ...noted(offered), others: offered.others.map(noted), ...(again && { first: again }) };
}
