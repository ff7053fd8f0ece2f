import type { StageEvent } from '@omnia-buildstream/runner/stageEvent';
import * as vscode from 'vscode';
import type { LiveNodes } from '../nodes/liveNodes.ts';
import { plainLine } from '../pipelines/safeLine.ts';
import type { StageDefinition } from './stageDefinition.ts';

/** Shows an event on its node in the view. */
export function showLive(live: LiveNodes, event: StageEvent, stage: StageDefinition): void {
  switch (event.type) {
    case 'node-started':
      live.set(event.bmcIp, { phase: 'running', word: vscode.l10n.t('begins'), message: '' });
      break;
    case 'node-step':
      live.set(event.bmcIp, { phase: 'running', word: stage.stepWord(event.step), message: plainLine(event.detail) });
      break;
    case 'node-finished': {
      const isFailed = event.status === 'failed';
      const word = isFailed ? vscode.l10n.t('failed') : stage.doneWord();
      live.set(event.bmcIp, { phase: isFailed ? 'failed' : 'booted', word, message: plainLine(event.message) });
      break;
    }
    case 'node-left':
      live.set(event.bmcIp, { phase: 'left', word: vscode.l10n.t('not tried'), message: plainLine(event.detail) });
      break;
    default:
      break;
  }
}
