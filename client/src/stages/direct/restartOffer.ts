import type { RestartSummary } from '@omnia-buildstream/engine/restart/events';
import type { RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import { everyBootNotes } from '@omnia-buildstream/runner/reports';
import { workNotes } from '@omnia-buildstream/runner/workload/workNotes';
import { goOnNotes } from '@omnia-buildstream/runner/rolloutNotes';
import { standingTexts } from '@omnia-buildstream/core/plan/planTexts';
import type { PreparedRestart } from '@omnia-buildstream/runner/restart';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { countsText } from '../session/countsText.ts';
import { planNotes } from '../planWords.ts';
import type { DirectOffer } from './directOffer.ts';

type Offer = DirectOffer<RestartSummary>;
type How = Pick<RestartSettings, 'lasting' | 'restart'> & Pick<Offer, 'verify'>;

/** A prepared restart in the user's language. If some nodes go first, booting all at once is also offered. */
export function offerOf(prepared: PreparedRestart, how: How): Offer & { readonly others: readonly Offer[] } {
  const { goFirst: first, isNothing } = prepared;
  const count = prepared.nodes.length;
  const withJobs = withJobsOf(prepared, how);
  const [onlyJobs] = withJobs;
  if (isNothing && onlyJobs !== undefined) return { ...onlyJobs, others: [] };
  if (first === 0 || first === count) return { ...wayOf(prepared, how, pxeBootButton(count)), others: withJobs };
  const button =
    first === 1 ? vscode.l10n.t('PXE-Boot 1 Node First') : vscode.l10n.t('PXE-Boot {0} Nodes First', first);
  const atOnce = wayOf(prepared.allAtOnce(), how, vscode.l10n.t('PXE-Boot All {0} at Once', count));
  return { ...wayOf(prepared, how, button), others: [atOnce, ...withJobs] };
}

/** If nodes are left out because jobs run on them, also offers the restart that includes these nodes. */
function withJobsOf(prepared: PreparedRestart, how: How): readonly Offer[] {
  if (prepared.leftOut.length === 0) return [];
  const all = prepared.withJobs();
  const count = all.nodes.length;
  const button =
    count === 1 ? vscode.l10n.t('PXE-Boot 1 Node, Kill Its Jobs') : vscode.l10n.t('PXE-Boot All {0}, Kill Jobs', count);
  return [wayOf(all, how, button)];
}

function pxeBootButton(count: number): string {
  return count === 1 ? vscode.l10n.t('PXE-Boot 1 Node') : vscode.l10n.t('PXE-Boot {0} Nodes', count);
}

function wayOf(prepared: PreparedRestart, how: How, button: string): Offer {
  const count = prepared.nodes.length;
  return {
    prepared,
    ...(how.verify && { verify: how.verify }),
    notes: notesOf(prepared, how),
    standing: standingOf(prepared, how),
    question:
      count === 1
        ? vscode.l10n.t('PXE-boot 1 node with {0}?', prepared.imageGroup)
        : vscode.l10n.t('PXE-boot {0} nodes with {1}?', count, prepared.imageGroup),
    button,
    outcomeOf: (end) => {
      const { booted, failed, notTried, stopped } = end;
      const summary = countsText({ done: booted, failed, notTried, isCutOff: stopped === 'at-once' });
      const goOn = goOnNotes(end);
      const notes = [...workNotes(end), ...everyBootNotes(end), ...goOn].map((note) => wordsOf(note, say));
      return { summary, notes, isGood: failed + notTried === 0, report: undefined, canNarrow: goOn.length > 0 };
    },
    ...furtherOf(prepared, how),
  };
}

/** The question about control nodes and protected nodes: what each of them is, and what restarting them means. */
function furtherOf(prepared: PreparedRestart, how: How): Pick<Offer, 'further'> {
  const { control } = prepared;
  if (control === undefined) return {};
  const count = control.nodes.length;
  const others = prepared.withoutControl();
  const one = count === 1;
  return {
    further: {
      question: one
        ? vscode.l10n.t('Restart 1 control node or protected node as well?')
        : vscode.l10n.t('Restart {0} control nodes and protected nodes as well?', count),
      detail: control.notes.map((note) => wordsOf(note, say)),
      button: one ? vscode.l10n.t('Restart It Too') : vscode.l10n.t('Restart All {0} Too', count),
      without: others.isNothing ? undefined : wayOf(others, how, vscode.l10n.t('Only the Others')),
    },
  };
}

/** Notes that are specific to this run. */
function notesOf(prepared: PreparedRestart, restart: How): string[] {
  const { resumed, finished, nodes } = prepared.ofRun;
  const ofState = prepared.restart;
  return [
    ...(resumed === undefined
      ? []
      : [
          vscode.l10n.t(
            'The run of {0} was interrupted and is resumed. Finished nodes: {1}, remaining: {2}. No node is reset twice for the same intent.',
            resumed.at,
            finished.length,
            nodes.length,
          ),
        ]),
    ...(ofState === undefined ? [] : planNotes(ofState)),
    ...prepared.notes.filter(({ message }) => !standingTexts.has(message)).map((note) => wordsOf(note, say)),
    restart.restart === 'graceful'
      ? vscode.l10n.t('Running systems are asked to shut down.')
      : prepared.looksAtJobs
        ? vscode.l10n.t('Running nodes are force-restarted.')
        : vscode.l10n.t('Running nodes are force-restarted. Running jobs are killed.'),
  ];
}

function standingOf(prepared: PreparedRestart, { lasting }: How): string[] {
  return [
    vscode.l10n.t('Image group: {image}', { image: prepared.imageGroup }),
    ...prepared.notes.filter(({ message }) => standingTexts.has(message)).map((note) => wordsOf(note, say)),
    ...(lasting === 'continuous' ? [] : [vscode.l10n.t('PXE boot is set for the next boot only.')]),
  ];
}
