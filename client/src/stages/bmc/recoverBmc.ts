import { targetsOf, type Target } from '@omnia-buildstream/core/plan/targets';
import {
  recoveryActs,
  recoveryNoteTexts,
  recoveryTexts,
  type RecoveryAct,
} from '@omnia-buildstream/core/restart/recoveryAct';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import {
  lookAtAll,
  type RecoveryLook,
  type RecoveryOutcome,
  type RecoveryWorld,
} from '@omnia-buildstream/runner/recover';
import { authorOf, historyOf } from '@omnia-buildstream/runner/history/historyPlace';
import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import {
  recoverRecorded,
  type AgreedRecovery,
  type RecordedRecovery,
} from '@omnia-buildstream/runner/history/recoverRecorded';
import * as vscode from 'vscode';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { say } from '../../platform/say.ts';
import { shortList } from '../../platform/shortList.ts';
import { whileAsking } from '../../platform/whileAsking.ts';
import { window } from '../../platform/window.ts';
import { chosenNodes } from '../chosenNodes.ts';
import { machine } from '../machine.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import { ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { StageContext } from '../stageContext.ts';

/** Recovers failed nodes through their BMCs: reads what these offer, lets the user choose and confirm, acts once. */
export async function recoverBmc(context: StageContext, args: readonly unknown[]): Promise<void> {
  const title = vscode.l10n.t('Recover BMC');
  const nodes = await chosenNodes(context, args, title);
  if (nodes.length === 0) return;
  const file = await requestFile(undefined, context.nodes);
  const { project, version } = projectOf(file);
  const wanted = new Set(nodes.map(({ bmcIp }) => bmcAddress(bmcIp)));
  const targets = targetsOf(file.text, version).filter(({ bmcIp }) => wanted.has(bmcIp));
  const addresses = targets.map(({ bmcIp }) => bmcIp);
  const bmcs = await context.logins.clientFor(addresses, {
    one: vscode.l10n.t('Log in to 1 BMC to see what it offers?'),
    several: (count) => vscode.l10n.t('Log in to {0} BMCs to see what they offer?', count),
  });
  if (bmcs === undefined) return;
  const { identity } = ownEngineSettings().restart;
  const world = { bmcs, clock: machine.clock, identity };
  const looks = await whileAsking(vscode.l10n.t('Reading what BMCs offer'), (signal) =>
    lookAtAll(targets, { ...world, signal }),
  );
  const act = await chooseAct(context, title, looks);
  if (act === undefined) return;
  const offered = looks.flatMap((look) => (offersOf(look).includes(act) ? [look.target] : []));
  const answer = await confirmAct(act, offered);
  if (answer === undefined) return;
  const recorded = {
    place: historyOf(project),
    by: authorOf('editor', context.version),
    answers: [answer],
    failed: (error: unknown) => {
      context.log.warn(`The history of this run could not be written completely: ${String(error)}`);
    },
    mapping: { file: file.uri.fsPath, text: file.text },
  };
  await doIt(context, { act, targets: offered }, world, recorded);
}

type Surroundings = Omit<RecoveryWorld, 'signal'>;

async function chooseAct(
  { log }: StageContext,
  title: string,
  looks: readonly RecoveryLook[],
): Promise<RecoveryAct | undefined> {
  for (const look of looks) if (!('offers' in look)) log.warn(`${look.target.hostname}: ${whyNot(look)}`);
  const items = recoveryActs.flatMap((act) => {
    const count = looks.filter((look) => offersOf(look).includes(act)).length;
    const { title: label, touches } = recoveryTexts[act];
    const description = looks.length === 1 ? '' : vscode.l10n.t('{0} of {1} BMCs', count, looks.length);
    return count === 0 ? [] : [{ label: say(label, {}), description, detail: say(touches, {}), act }];
  });
  if (items.length > 0) return (await window.showQuickPick(items, { title }))?.act;
  const lines = looks.map((look) => `${look.target.hostname}: ${whyNot(look)}`);
  void window.showWarningMessage(`${title}: ${lines.slice(0, mostLines).join(' · ')}`);
  return undefined;
}

const mostLines = 5;

/** Undefined if the user declines. */
async function confirmAct(act: RecoveryAct, offered: readonly Target[]): Promise<Answer | undefined> {
  const { title, touches } = recoveryTexts[act];
  const button = say(title, {});
  const shown = shortList(offered.map(({ hostname, bmcIp }) => `${hostname} (${bmcIp})`));
  const question =
    offered.length === 1
      ? vscode.l10n.t('{0} on 1 BMC?', button)
      : vscode.l10n.t('{0} on {1} BMCs?', button, offered.length);
  const answer = await window.ask(question, [shown, say(touches, {})], button);
  return answer === button ? { question, answer } : undefined;
}

async function doIt(
  { log }: StageContext,
  agreed: AgreedRecovery,
  world: Surroundings,
  recorded: RecordedRecovery,
): Promise<void> {
  const title = say(recoveryTexts[agreed.act].title, {});
  // Cannot be canceled, because the outcome would be unknown then.
  const outcomes = await window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
    recoverRecorded(agreed, { ...world, signal: new AbortController().signal }, recorded, machine),
  );
  const lines = outcomes.map((outcome) => `${outcome.target.hostname}: ${outcomeWords(outcome)}`);
  for (const line of lines) log.info(`${title}: ${line}`);
  const isGood = outcomes.every((outcome) => 'isDone' in outcome && outcome.isDone);
  const tell = isGood ? window.showInformationMessage : window.showWarningMessage;
  void tell(`${title}: ${lines.slice(0, mostLines).join(' · ')}`);
}

function offersOf(look: RecoveryLook): readonly RecoveryAct[] {
  return 'offers' in look ? look.offers : [];
}

function whyNot(look: RecoveryLook): string {
  if ('refused' in look) return wordsOf(look.refused, say);
  return 'error' in look ? plainLine(wordsOf(look.error.said, say)) : say(recoveryNoteTexts.nothing, {});
}

function outcomeWords(outcome: RecoveryOutcome): string {
  return 'error' in outcome ? plainLine(wordsOf(outcome.error.said, say)) : wordsOf(outcome.said, say);
}
