import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { shortList } from '../platform/shortList.ts';

/**
 * Who requested it: a person who selected the nodes, or a language model, which may have picked other nodes than
 * intended.
 */
export type Asker = 'person' | 'model';

interface Touched {
  readonly target: { readonly hostname: string; readonly bmcIp: string };
}

/**
 * First lines of a question from a language model: that it asks, and as many nodes as a dialog holds. The plan lists
 * them all. Empty for a person.
 */
export function askerLines(asker: Asker, nodes: readonly Touched[]): Paragraph[] {
  if (asker === 'person') return [];
  const names = nodes.map(({ target: { hostname, bmcIp } }) => `${hostname} (${bmcIp})`);
  const listed = [vscode.l10n.t('Nodes: {0}', names.length), ...shortList(names)];
  return [vscode.l10n.t('A language model asks for it.'), ...(names.length === 0 ? [] : [listed])];
}
