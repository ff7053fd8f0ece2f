import { readPowerStates, type PowerReading } from '@omnia-buildstream/runner/powerState';
import type { PowerSaid } from '@omnia-buildstream/core/nodes/seenNodes';
import type { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { machine } from '../machine.ts';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { nodeName } from '../../nodes/nodeLook.ts';
import { powerWords, powerWordsAt } from '../../nodes/powerWords.ts';
import { shownProject } from '../../nodes/projectFacts.ts';
import { keepSeen } from '../facts/keepSeen.ts';
import { ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { StageContext } from '../stageContext.ts';
import { offerCertificates } from '../session/tellOutcome.ts';
import { whileAsking } from '../../platform/whileAsking.ts';
import { window } from '../../platform/window.ts';

/** Reads the power state of nodes from their BMCs and shows it. Changes nothing. */
export async function showPower(context: StageContext, nodes: readonly NodeInfo[]): Promise<void> {
  const read = await askForPower(context, nodes);
  if (read === undefined) return;
  const { lines, readings } = read;
  for (const line of lines) context.log.info(line);
  const untrusted = readings.filter((reading) => 'error' in reading && reading.error.reason === 'tls');
  const message = lines.length <= 5 ? lines.join(' · ') : summaryOf(readings);
  if (untrusted.length === 0) void window.showInformationMessage(message);
  else {
    context.logins.reset();
    void offerCertificates(message, { untrusted, port: ownEngineSettings().bmcPort }, context.log);
  }
}

/** Power states that the BMCs report, one line per BMC. Undefined if the user does not log in to the BMCs. */
export async function readPower(context: StageContext, nodes: readonly NodeInfo[]): Promise<string[] | undefined> {
  return (await askForPower(context, nodes))?.lines;
}

async function askForPower(
  context: StageContext,
  nodes: readonly NodeInfo[],
): Promise<{ readonly lines: string[]; readonly readings: readonly PowerReading[] } | undefined> {
  const addresses = [...new Set(nodes.map(({ bmcIp }) => bmcAddress(bmcIp)))];
  const client = await context.logins.clientFor(addresses, {
    one: vscode.l10n.t('Log in to 1 BMC to read its power state?'),
    several: (count) => vscode.l10n.t('Log in to {0} BMCs to read their power state?', count),
  });
  if (client === undefined) return undefined;
  const readings = await readAll(client, context, addresses);
  const lines = readings.map((reading) => {
    const node = nodes.find(({ bmcIp }) => bmcAddress(bmcIp) === reading.bmcIp);
    return `${node === undefined ? reading.bmcIp : plainLine(nodeName(node))}: ${textOf(reading)}`;
  });
  return { lines, readings };
}

async function readAll(
  client: RedfishClient,
  context: StageContext,
  addresses: readonly string[],
): Promise<PowerReading[]> {
  const { bmcs, live, nodes } = context;
  // Remembered now, because the view may show another project by the time the readings are complete.
  const project = shownProject(nodes.list);
  const readings: PowerReading[] = [];
  const seen = new Map<string, PowerSaid & { readonly at: number }>();
  await whileAsking(vscode.l10n.t('Reading power state'), async (signal, progress) => {
    const onReading = (reading: PowerReading): void => {
      readings.push(reading);
      const { bmcIp } = reading;
      const at = machine.clock.now();
      const said = { ...saidOf(reading), at };
      live.tell(bmcIp, { source: 'power', at, text: powerWordsAt(said) });
      seen.set(bmcIp, said);
      bmcs.set(bmcIp, { bmcIp, at, responds: !isUnreachable(reading) });
      progress.report({ message: `${String(readings.length)}/${String(addresses.length)}` });
    };
    await readPowerStates(client, addresses, { clock: machine.clock, signal, onReading }).catch((error: unknown) => {
      // If the user cancels, the readings so far are still reported.
      if (!signal.aborted) throw error;
    });
  });
  if (project !== undefined) await keepSeen(project.fsPath, { power: seen }, context);
  return readings;
}

/** With any other error the BMC has responded. */
function isUnreachable(reading: PowerReading): boolean {
  return 'error' in reading && reading.error.reason === 'unreachable';
}

function textOf(reading: PowerReading): string {
  return powerWords(saidOf(reading));
}

function saidOf(reading: PowerReading): PowerSaid {
  if (!('error' in reading)) return { power: reading.power };
  const { reason, said } = reading.error;
  return { error: reason, said };
}

function summaryOf(readings: readonly PowerReading[]): string {
  const counts = new Map<string, number>();
  for (const reading of readings) counts.set(textOf(reading), (counts.get(textOf(reading)) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${String(count)}: ${text}`).join(' · ');
}
