import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf, type Said } from '@omnia-buildstream/core/text/phrase';
import * as vscode from 'vscode';
import type { LiveNodes } from '../../nodes/liveNodes.ts';
import { say } from '../../platform/say.ts';
import type { NodePlaces } from '../nodePlaces.ts';
import type { DirectWords } from '../direct/directOffer.ts';

interface About {
  readonly words: DirectWords;
  readonly places: NodePlaces;
  /** Nodes of this run. */
  readonly nodes: readonly { readonly bmcIp: string }[];
}

/** Shows an event on its node in the Nodes view. */
export function showLive(live: LiveNodes, event: StageEvent, about: About): void {
  const { words } = about;
  switch (event.type) {
    case 'stage-started':
      if (words.firstStep !== undefined) setAll(live, about, words.firstStep);
      break;
    case 'node-started':
      live.set(event.bmcIp, { phase: 'running', word: vscode.l10n.t('starting'), message: '' });
      break;
    case 'node-step':
      live.set(event.bmcIp, { phase: 'running', word: words.stepWord(event.step), message: text(event.said) });
      break;
    case 'node-finished':
      if (event.status === 'failed') fail(live, event.bmcIp, text(event.said));
      else finish(live, event.bmcIp, words, text(event.said));
      break;
    case 'node-left':
      live.set(event.bmcIp, { phase: 'left', word: vscode.l10n.t('not tried'), message: text(event.said) });
      break;
    case 'stage-note': {
      const place = event.line === undefined ? undefined : about.places.at(event.line);
      if (event.level === 'error' && place !== undefined) fail(live, place.bmcIp, text(event.said));
      break;
    }
    case 'check-finished':
      showCheck(live, event, about);
      break;
    case 'stage-finished':
      if (words.endsTogether === true) finishChecked(live, about);
      break;
    default:
      break;
  }
}

/** A node that fails one check has failed, regardless of its other checks. */
function showCheck(
  live: LiveNodes,
  { hostname, outcome, title, said }: Extract<StageEvent, { type: 'check-finished' }>,
  { places, words }: About,
): void {
  const bmcIp = places.ofHost(hostname)?.bmcIp;
  if (bmcIp === undefined || live.of(bmcIp)?.phase === 'failed') return;
  if (outcome === 'failed' || outcome === 'error') fail(live, bmcIp, `${plainLine(say(title))}: ${text(said)}`);
  else live.set(bmcIp, { phase: 'running', word: words.stepWord('checks'), message: plainLine(say(title)) });
}

function finishChecked(live: LiveNodes, { nodes, words }: About): void {
  for (const { bmcIp } of nodes) if (live.of(bmcIp)?.phase === 'running') finish(live, bmcIp, words, '');
}

function setAll(live: LiveNodes, { nodes, words }: About, step: string): void {
  for (const { bmcIp } of nodes) live.set(bmcIp, { phase: 'running', word: words.stepWord(step), message: '' });
}

function fail(live: LiveNodes, bmcIp: string, message: string): void {
  live.set(bmcIp, { phase: 'failed', word: vscode.l10n.t('failed'), message });
}

function finish(live: LiveNodes, bmcIp: string, words: DirectWords, message: string): void {
  live.set(bmcIp, { phase: 'booted', word: words.doneWord(), message });
}

/** In the user's language, on one line. */
function text(said: Said): string {
  return plainLine(wordsOf(said, say));
}
