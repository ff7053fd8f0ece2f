import { readPowerStates, type PowerReading } from '@omnia-buildstream/runner/powerState';
import type { BmcError } from '@omnia-buildstream/engine/ports/bmc';
import { bmcAccess } from '@omnia-buildstream/runner/bmcAccess';
import type { CredentialSource } from '@omnia-buildstream/redfish/credentials/credential';
import { RedfishClient } from '@omnia-buildstream/redfish/client/redfishClient';
import type { NodeInfo } from '@omnia-buildstream/server/protocol';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { machine } from '../machine.ts';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { nodeName } from '../../nodes/nodeLook.ts';
import { bmcTls, engineSettings } from '../settings/engineConfiguration.ts';
import type { StageContext } from '../stageContext.ts';
import { offerCertificates } from '../tellOutcome.ts';
import { window } from '../../platform/window.ts';

/**
 * Asks BMCs for the power state of their nodes. Changes nothing. Lives as long as credentials and settings are the same:
 * a BMC that refused the login is not asked again, because it locks out.
 */
export class PowerStates {
  #client: RedfishClient | undefined;
  /** Of the last call: an older one may have agreed to others. */
  #credentials: CredentialSource = () => Promise.resolve(undefined);
  readonly #agreed = new Set<string>();

  /** Other credentials or settings: everybody may be asked again. */
  reset(): void {
    this.#client = undefined;
  }

  async show(context: StageContext, nodes: readonly NodeInfo[]): Promise<void> {
    const addresses = [...new Set(nodes.map(({ bmcIp }) => bmcAddress(bmcIp)))];
    const settings = engineSettings(undefined);
    if (!(await this.#agree(context, addresses, settings.bmcPort))) return;
    this.#credentials = await context.credentials.sourceFor(addresses);
    const credentials: CredentialSource = (...asked) => this.#credentials(...asked);
    const access = { credentials, tls: await bmcTls(), port: settings.bmcPort };
    const { requestTimeoutMs } = settings;
    this.#client ??= new RedfishClient(bmcAccess({ ...access, requestTimeoutMs }, machine));
    const readings = await readAll(this.#client, context, addresses);
    const lines = readings.map((reading) => {
      const node = nodes.find(({ bmcIp }) => bmcAddress(bmcIp) === reading.bmcIp);
      return `${node === undefined ? reading.bmcIp : plainLine(nodeName(node))}: ${textOf(reading)}`;
    });
    for (const line of lines) context.log.info(line);
    const untrusted = readings.filter((reading) => 'error' in reading && reading.error.reason === 'tls');
    const message = lines.length <= 5 ? lines.join(' · ') : summaryOf(readings);
    if (untrusted.length === 0) void window.showInformationMessage(message);
    else {
      this.reset();
      void offerCertificates(message, { untrusted, port: settings.bmcPort }, context.log);
    }
  }

  /** A cell of a mapping file names nobody by itself: whom no pattern names is shown, once as long as this lives. */
  async #agree({ credentials }: StageContext, addresses: readonly string[], port: number): Promise<boolean> {
    const unnamed = await credentials.unnamed(addresses.filter((address) => !this.#agreed.has(address)));
    if (unnamed.length > 0 && !(await confirmLogin(unnamed, port))) return false;
    for (const address of unnamed) this.#agreed.add(address);
    return true;
  }
}

const mostShown = 15;

async function confirmLogin(addresses: readonly string[], port: number): Promise<boolean> {
  const question =
    addresses.length === 1
      ? vscode.l10n.t('Log in to 1 BMC to ask for its power state?')
      : vscode.l10n.t('Log in to {0} BMCs to ask for their power state?', addresses.length);
  const shown = addresses.slice(0, mostShown).map((address) => `${address}:${String(port)}`);
  const rest = addresses.length - shown.length;
  const more = rest === 0 ? [] : [vscode.l10n.t('and {0} more', rest)];
  const why = vscode.l10n.t(
    'User and password are sent to these addresses, which are in the mapping file but in none of your stored patterns. To stop being asked, store credentials for a network such as 10.6.0.0/16.',
  );
  const logIn = vscode.l10n.t('Log In');
  return (await window.ask(question, [[...shown, ...more], why], logIn)) === logIn;
}

async function readAll(
  client: RedfishClient,
  { bmcs, live }: StageContext,
  addresses: readonly string[],
): Promise<PowerReading[]> {
  const readings: PowerReading[] = [];
  const title = vscode.l10n.t('Reading power state');
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => {
      abort.abort();
    });
    const onReading = (reading: PowerReading): void => {
      readings.push(reading);
      const { bmcIp } = reading;
      const at = machine.clock.now();
      live.tell(bmcIp, { source: 'power', at, text: textOf(reading) });
      bmcs.set(bmcIp, { bmcIp, at, responds: !isUnreachable(reading) });
      progress.report({ message: `${String(readings.length)}/${String(addresses.length)}` });
    };
    await readPowerStates(client, addresses, { clock: machine.clock, signal: abort.signal, onReading }).catch(
      (error: unknown) => {
        if (!abort.signal.aborted) throw error;
      },
    );
  });
  return readings;
}

/** Whatever else it says, a BMC that says something is there. */
function isUnreachable(reading: PowerReading): boolean {
  return 'error' in reading && reading.error.reason === 'unreachable';
}

function textOf(reading: PowerReading): string {
  return 'error' in reading ? errorText(reading.error) : powerWord(reading.power);
}

function powerWord(power: string): string {
  const words: Readonly<Record<string, string>> = {
    On: vscode.l10n.t('on'),
    Off: vscode.l10n.t('off'),
    PoweringOn: vscode.l10n.t('powering on'),
    PoweringOff: vscode.l10n.t('powering off'),
  };
  return words[power] ?? vscode.l10n.t('unknown');
}

function errorText({ reason, message }: BmcError): string {
  switch (reason) {
    case 'unauthorized':
      return vscode.l10n.t('the BMC refused user or password; it is not asked again before you set others');
    case 'login-withheld':
    case 'credentials-refused':
      return vscode.l10n.t('not asked: user or password were refused before');
    case 'tls':
      return vscode.l10n.t('its certificate is not trusted');
    case 'unreachable':
      return vscode.l10n.t('the BMC cannot be reached');
    default:
      return plainLine(message);
  }
}

function summaryOf(readings: readonly PowerReading[]): string {
  const counts = new Map<string, number>();
  for (const reading of readings) counts.set(textOf(reading), (counts.get(textOf(reading)) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${String(count)}: ${text}`).join(' · ');
}
