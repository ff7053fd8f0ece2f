import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { shortList } from '../platform/shortList.ts';

/** Who wants it: a person, who has chosen the nodes, or a language model, which may have taken others than was meant. */
export type Asker = 'person' | 'model';

interface Touched {
  readonly target: { readonly hostname: string; readonly bmcIp: string };
}

/** Stands first in a question: who asks and, for a model, each node, as many as a dialog holds. The plan has all. */
export function askerLines(asker: Asker, nodes: readonly Touched[]): Paragraph[] {
  if (asker === 'person') return [];
  const names = nodes.map(({ target: { hostname, bmcIp } }) => `${hostname} (${bmcIp})`);
  const listed = [vscode.l10n.t('Nodes: {0}', names.length), ...shortList(names)];
  return [vscode.l10n.t('A language model asks for it.'), ...(names.length === 0 ? [] : [listed])];
}
