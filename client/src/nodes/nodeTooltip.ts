import { blocks, bullets, code, icon, md, type Markdown } from '@omnia-buildstream/core/text/markdown';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';
import type { LiveNodes } from './liveNodes.ts';
import { nodeName, stateIcon } from './nodeLook.ts';
import { stateWord } from './nodeWords.ts';

/** Everything known about a node, and what to do about it. Texts from files are escaped. */
export function nodeTooltip(node: NodeInfo, live: LiveNodes): vscode.MarkdownString {
  const { run: now, power = '', image = '', validation = '' } = live.verdictOf(node);
  const { codicon } = stateIcon(now?.phase ?? node.state);
  const state = now?.word ?? stateWord(node.state);
  const facts = [
    [vscode.l10n.t('Role'), node.role],
    [vscode.l10n.t('Group'), node.group],
    [vscode.l10n.t('Service tag'), node.serviceTag],
    [vscode.l10n.t('BMC'), node.bmcIp],
    [vscode.l10n.t('Admin address'), node.adminIp ?? ''],
    [vscode.l10n.t('Since'), sinceText(now?.sinceMs ?? Date.parse(node.since ?? ''))],
    [vscode.l10n.t('Power'), power],
    [vscode.l10n.t('Image'), image],
    [vscode.l10n.t('Validation'), validation],
  ] as const;
  const tooltip = blocks([
    md`**${nodeName(node)}** ${icon(codicon)} ${state}`,
    bullets(facts.flatMap(([label, value]) => (value === '' ? [] : [md`${label}: ${code(value)}`]))),
    ...(node.lastReset === undefined ? [] : [node.lastReset]),
    ...(node.isCommented === true ? [behindComment()] : []),
    ...(now === undefined ? failure(node) : [now.message]),
  ]);
  return new vscode.MarkdownString(String(tooltip), true);
}

/** Empty if the time is unknown. */
function sinceText(ms: number): string {
  if (Number.isNaN(ms)) return '';
  return new Date(ms).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
}

function behindComment(): string {
  return vscode.l10n.t(
    'Its row is commented out. The restart stage of Omnia 2.3 ignores comment marks and restarts the node like any other. To leave it out of one run, mark it as booted in failed_nodes.json.',
  );
}

function failure({ message, causeTitle, advice = '' }: NodeInfo): Markdown[] {
  if (message === undefined) return [];
  const quoted = message === '' ? [] : [md`> ${message}`];
  const title = causeTitle === undefined ? md`` : md`**${causeTitle}.** `;
  return [...quoted, md`${title}${advice}`];
}
