import { spread } from '@omnia-buildstream/core/text/lists';
import * as vscode from 'vscode';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { currentNodes } from '../../nodes/commandNodes.ts';
import { nodeName } from '../../nodes/nodeLook.ts';
import { shortList } from '../../platform/shortList.ts';
import { window } from '../../platform/window.ts';
import type { DeployFacts } from '../facts/deployFacts.ts';
import { askNow, reachLines } from '../facts/reach.ts';
import type { StageContext } from '../stageContext.ts';

/** Enough BMCs to show whether the network is reachable, but too few to be a scan of it. */
const mostAsked = 16;

/**
 * Checks whether some BMCs, spread over the whole mapping file, respond, after the user has seen which ones. Reads the
 * Redfish service root of each without a login. @throws UserError without a mapping file, vscode.CancellationError
 */
export async function checkBmcs({ nodes }: Pick<StageContext, 'nodes'>, facts: DeployFacts): Promise<void> {
  const rows = (await currentNodes(nodes)).filter(({ bmcIp, row }) => bmcAddress(bmcIp) !== '' && row !== undefined);
  const byAddress = new Map(rows.map((node) => [bmcAddress(node.bmcIp), nodeName(node)]));
  const all = [...byAddress].map(([bmcIp, hostname]) => ({ bmcIp, hostname }));
  const asked = spread(all, mostAsked);
  if (asked.length === 0) {
    void window.showInformationMessage(vscode.l10n.t('No row of the mapping file has a BMC_IP.'));
    return;
  }
  const question =
    asked.length === all.length
      ? vscode.l10n.t('Check whether the BMCs of the mapping file respond?')
      : vscode.l10n.t('Check whether some BMCs of the mapping file respond ({0} of {1})?', asked.length, all.length);
  const check = vscode.l10n.t('Check BMCs');
  const addresses = shortList(asked.map(({ bmcIp }) => bmcIp));
  const how = vscode.l10n.t('Only the Redfish service root is read, without logging in. Nothing is changed.');
  if ((await window.ask(question, [addresses, how], check)) !== check) return;
  await askNow(facts, asked);
  const isSilent = asked.some(({ bmcIp }) => facts.bmcs.get(bmcIp)?.responds === false);
  const lines = reachLines(facts, asked).join(' ');
  if (isSilent) void window.showWarningMessage(lines);
  else void window.showInformationMessage(lines);
}
