import * as vscode from 'vscode';
import { markTitle } from '../nodes/nodeWords.ts';
import { nodeMarks, type NodeMark } from '../pages/fleetMap/marks.ts';
import type { MapMessage } from '../pages/fleetMap/messages.ts';

/** All texts of the page, in the user's language. */
export function fleetWords(): Extract<MapMessage, { readonly type: 'start' }> {
  return {
    type: 'start',
    texts: {
      title: fleetMapTitle(),
      howTo: vscode.l10n.t(
        'Arrow keys move between nodes and select, with Shift several, with Ctrl only the focus moves. Space selects in addition, Enter shows the node in the Nodes view, and typing finds a node by name, address or service tag. The Nodes view lists the same nodes.',
      ),
      grouping: vscode.l10n.t('Group nodes'),
      byGroup: vscode.l10n.t('By Rack or Scalable Unit'),
      byRole: vscode.l10n.t('By Functional Group'),
      byParent: vscode.l10n.t('By Parent'),
      states: vscode.l10n.t('States'),
      filter: vscode.l10n.t('{0} ({1}): show these nodes'),
      filterPressed: vscode.l10n.t('{0} ({1}): shown, select to no longer filter by these nodes'),
      showAll: vscode.l10n.t('Show All'),
      shown: vscode.l10n.t('{0} of {1} nodes'),
      selected: vscode.l10n.t('{0} selected'),
      isSelected: vscode.l10n.t('selected'),
      nothingFound: vscode.l10n.t('No node matches "{0}".'),
      empty: vscode.l10n.t('There is no PXE mapping file here.'),
      bmc: vscode.l10n.t('BMC: {0}'),
      serviceTag: vscode.l10n.t('Service tag: {0}'),
      section: vscode.l10n.t('Section {0}'),
    },
    marks: Object.fromEntries(nodeMarks.map((mark) => [mark, markTitle(mark)])) as Record<NodeMark, string>,
  };
}

export function fleetMapTitle(): string {
  return vscode.l10n.t('Fleet Map');
}
