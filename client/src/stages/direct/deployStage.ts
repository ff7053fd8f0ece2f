import { refused } from '@omnia-buildstream/core/errors/userError';
import path from 'node:path';
import { defaultDeploySettings } from '@omnia-buildstream/engine/deploy/settings';
import type { ImageGroup } from '@omnia-buildstream/engine/ports/images';
import type { DeploySummary } from '@omnia-buildstream/engine/deploy/events';
import { openchamiTarget, type ProvisionTarget } from '@omnia-buildstream/runner/deploy';
import { prepareDeploy, type PreparedDeploy } from '@omnia-buildstream/runner/prepareDeploy';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { shortNames } from '@omnia-buildstream/core/text/shortNames';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { portOf } from '../../settings/trust.ts';
import { machine } from '../machine.ts';
import { bmcCheckNote, chooseBmcCheck } from '../bmc/bmcCheck.ts';
import { bmcTls } from '../settings/engineConfiguration.ts';
import { countsText } from '../session/countsText.ts';
import { say } from '../../platform/say.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer, StageOutcome } from './directOffer.ts';
import { directStage } from './directStage.ts';

/** The deploy stage, which publishes boot configuration. It always applies to the whole mapping file. */
export const deployStage = directStage<DeploySummary>({
  name: 'deploy',
  title: () => vscode.l10n.t('Deploy'),
  description: () => vscode.l10n.t('Validates all inputs, then publishes the boot configuration of each node'),
  stateFolder: ({ project }) => path.join(project, '.buildstream', 'deploy'),
  offer,
  words: {
    unit: 'nodes',
    doneWord: () => vscode.l10n.t('deployed'),
    stepWord: (step) => (step === 'checks' ? vscode.l10n.t('is checked and handed over') : step),
    firstStep: 'checks',
  },
});

async function offer(input: DirectInput): Promise<DirectOffer<DeploySummary>> {
  const group = groupOf(input);
  const target = await targetOf(input);
  const bmcCheck = await chooseBmcCheck(input);
  const tls = await bmcTls(target.kind === 'files' ? undefined : portOf(target.server));
  const { text, version } = input;
  const prepared = await prepareDeploy({ text, version, group, target, tls }, machine);
  const count = prepared.deployment.nodes.length;
  const { bmcPort, restart } = input.settings;
  const settings = { ...defaultDeploySettings, bmcConcurrency: restart.concurrency };
  return {
    prepared: { ...prepared, run: (run) => prepared.run({ ...run, bmcCheck, bmcPort, settings }) },
    notes: [...notesOf(prepared), bmcCheckNote(bmcCheck)],
    ...(prepared.canChange
      ? {
          question:
            count === 1
              ? vscode.l10n.t('Publish the boot configuration of 1 node with {0}?', input.imageGroup)
              : vscode.l10n.t('Publish the boot configuration of {0} nodes with {1}?', count, input.imageGroup),
          button: count === 1 ? vscode.l10n.t('Publish for 1 Node') : vscode.l10n.t('Publish for {0} Nodes', count),
        }
      : {
          question: vscode.l10n.t('Rows of the mapping file must be corrected first. Run the checks only?'),
          button: vscode.l10n.t('Check'),
        }),
    async outcomeOf(summary) {
      if (summary.failure === 'unauthorized' && target.kind === 'openchami') {
        await input.tokens.openchami.forget(target.server);
      }
      return outcomeOf(summary);
    },
  };
}

/** The image group from the list that the settings name. @throws UserError */
function groupOf({ groups, imageGroup }: DirectInput): ImageGroup {
  if (groups === undefined) {
    throw lacking(
      vscode.l10n.t('Deploying needs a list of image groups. Name its file in buildstream.engine.images.'),
      ways.setting('engine.images'),
    );
  }
  const found = groups.find(({ id }) => id === imageGroup);
  if (found !== undefined) return found;
  const there = groups.map(({ id }) => id).join(', ');
  throw refused(plainLine(vscode.l10n.t('There is no image group "{0}". There are: {1}.', imageGroup, there)));
}

async function targetOf({ settings: { provision }, project, tokens }: DirectInput): Promise<ProvisionTarget> {
  if (provision === undefined) {
    throw lacking(
      vscode.l10n.t('Set buildstream.engine.provision to where the boot configuration goes, such as files:boot.'),
      ways.setting('engine.provision'),
    );
  }
  if (provision.kind === 'files') {
    return { kind: 'files', folder: path.resolve(project, provision.folder), within: project };
  }
  return openchamiTarget(provision.server, await tokens.openchami.tokenFor(provision.server));
}

function notesOf({ imageGroup, target, outdated, notes }: PreparedDeploy): string[] {
  const gone = vscode.l10n.t(
    'Removed, because the mapping file has no such node: {0}',
    wordsOf(shortNames(outdated), say),
  );
  return [
    vscode.l10n.t('Image group: {image}', { image: imageGroup }),
    vscode.l10n.t('The boot configuration goes to: {0}', wordsOf(target, say)),
    ...(outdated.length === 0 ? [] : [plainLine(gone)]),
    ...notes.map((note) => plainLine(wordsOf(note, say))),
    vscode.l10n.t('The files of the images are checked. No node is restarted.'),
  ];
}

function outcomeOf(ended: DeploySummary): StageOutcome {
  const { outcome, failure, created, updated, unchanged, failed, notTried, findings } = ended;
  const notes: Partial<Record<typeof outcome, string>> = {
    deployed: vscode.l10n.t('Next: the restart stage.'),
    'some-failed': vscode.l10n.t('The next run tries the failed nodes again and leaves the others as they are.'),
    'preflight-failed': vscode.l10n.t('Nothing was changed. Correct this first: {0}', findings),
    stopped: vscode.l10n.t('Stopped. The next run does what is left.'),
  };
  const done = created + updated + unchanged;
  const note = notes[outcome];
  return {
    summary: [
      ...(failure === 'unauthorized' ? [vscode.l10n.t('The token was not accepted. The next run asks for one.')] : []),
      countsText({ done, failed, notTried }),
    ].join(' '),
    notes: [
      vscode.l10n.t('{0} created, {1} updated, {2} unchanged', created, updated, unchanged),
      ...(note === undefined ? [] : [note]),
    ],
    isGood: outcome === 'deployed',
    report: undefined,
  };
}
