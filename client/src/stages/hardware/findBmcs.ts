import path from 'node:path';
import { refused, type UserError } from '@omnia-buildstream/core/errors/userError';
import { newRows, sortFound, takesRows, type FoundOfRow } from '@omnia-buildstream/core/hardware/newRows';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { addressesIn, discoverBmcs, sortRead, type Discovered, type Unread } from '@omnia-buildstream/runner/hardware';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';
import { shortList } from '../../platform/shortList.ts';
import { whileAsking } from '../../platform/whileAsking.ts';
import { window } from '../../platform/window.ts';
import { clientWithoutLogin } from '../bmc/bmcLogin.ts';
import { machine } from '../machine.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';
import { mappingOf, readMachines } from './checkHardware.ts';
import { offerFilled } from './showFilled.ts';

type FindContext = Pick<StageContext, 'nodes' | 'log' | 'logins'>;

/** How BMCs are found and read. */
interface Search {
  readonly look: (addresses: readonly string[]) => Promise<readonly Discovered[]>;
  readonly read: (context: FindContext, all: readonly Discovered[]) => Promise<ReturnType<typeof sortRead>>;
}

const overNetwork: Search = { look, read };

/** The log has all of them. */
const mostReasons = 3;

/**
 * Searches for BMCs without a row in the mapping file and offers rows for them. Contacts a network only after the user
 * confirms, and then reads only the Redfish service root. The user must confirm again before it logs in to BMCs that
 * respond. Changes no BMC.
 */
export async function findBmcs(
  context: FindContext,
  args: readonly unknown[],
  { look, read }: Search = overNetwork,
): Promise<void> {
  const file = await requestFile(mappingOf(args), context.nodes);
  const { version } = projectOf(file);
  const name = path.basename(file.uri.fsPath);
  // Checked first, so that no BMC is contacted in vain.
  if (!takesRows(file.text, version)) throw withoutHeader(name);
  const known = targetsOf(file.text, version).map(({ bmcIp }) => bmcIp);
  const network = await askNetwork(known.find((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address)));
  if (network === undefined) return;
  const addresses = addressesIn(network)?.filter((address) => !known.includes(address)) ?? [];
  if (addresses.length === 0) throw refused(vscode.l10n.t('Every address of {0} is in the mapping file.', network));
  if (!(await agreesToLook(addresses.length, network))) return;
  const all = await look(addresses);
  if (all.length === 0) {
    await window.showInformationMessage(vscode.l10n.t('No other BMC responds in {0}.', network));
    return;
  }
  const { found, unread } = await read(context, all);
  const document = await vscode.workspace.openTextDocument(file.uri);
  const { fresh, ofRows } = sortFound(document.getText(), version, found);
  tell(context, name, { unread, ofRows });
  const rows = newRows(document.getText(), version, found);
  if (rows.kind === 'none') return;
  if (rows.kind === 'no-header') throw withoutHeader(name);
  const question =
    fresh.length === 1
      ? vscode.l10n.t('Add 1 row to {0}?', name)
      : vscode.l10n.t('Add {0} rows to {1}?', fresh.length, name);
  const button = fresh.length === 1 ? vscode.l10n.t('Add 1 Row') : vscode.l10n.t('Add {0} Rows', fresh.length);
  await offerFilled(document, [rows.edit], { question, button });
}

function withoutHeader(name: string): UserError {
  return refused(vscode.l10n.t('{0} has no header, so no row can be added to it. Add the header first.', name));
}

function askNetwork(near: string | undefined): Promise<string | undefined> {
  return Promise.resolve(
    window.showInputBox({
      title: vscode.l10n.t('Find BMCs Without a Row'),
      prompt: vscode.l10n.t('Network of the BMCs, of at most 1024 addresses'),
      placeHolder: '10.6.0.0/24',
      value: near === undefined ? '' : `${near.split('.').slice(0, 3).join('.')}.0/24`,
      ignoreFocusOut: true,
      validateInput: (text) =>
        addressesIn(text) === undefined
          ? vscode.l10n.t('Enter a network of at most 1024 addresses, such as 10.6.0.0/24.')
          : undefined,
    }),
  );
}

async function agreesToLook(count: number, network: string): Promise<boolean> {
  const [question, button] =
    count === 1
      ? [vscode.l10n.t('Contact 1 address of {0}?', network), vscode.l10n.t('Contact 1 Address')]
      : [vscode.l10n.t('Contact {0} addresses of {1}?', count, network), vscode.l10n.t('Contact {0} Addresses', count)];
  const detail = vscode.l10n.t(
    'Each address is asked for the Redfish service root, without logging in. Addresses in the mapping file are left out.',
  );
  return (await window.ask(question, [detail], button)) === button;
}

function look(addresses: readonly string[]): Promise<readonly Discovered[]> {
  return whileAsking(vscode.l10n.t('Looking for BMCs'), async (signal, progress) => {
    let done = 0;
    const onLook = (): void => {
      progress.report({ message: `${String(++done)}/${String(addresses.length)}` });
    };
    return discoverBmcs(addresses, { bmcs: await clientWithoutLogin(), clock: machine.clock, signal, onLook });
  });
}

/** BMCs that could be read, and those that could not. If the user does not log in, only those with a problem remain. */
async function read(context: FindContext, all: readonly Discovered[]): Promise<ReturnType<typeof sortRead>> {
  const refusing = all.filter(({ problem }) => problem !== undefined);
  const usable = all.filter(({ problem }) => problem === undefined).map(({ bmcIp }) => bmcIp);
  if (usable.length === 0) return sortRead(refusing, new Map());
  const bmcs = await context.logins.clientFor(usable, {
    one: vscode.l10n.t('1 BMC without a row responds. Log in to read its hardware?'),
    several: (count) => vscode.l10n.t('{0} BMCs without a row respond. Log in to read their hardware?', count),
    always: vscode.l10n.t('User and password are sent to these addresses, which no row of the mapping file has.'),
  });
  if (bmcs === undefined) return sortRead(refusing, new Map());
  const asked = usable.map((bmcIp) => ({ bmcIp, serviceTag: '', adminMac: '' }));
  return sortRead(all, await readMachines(bmcs, asked, asked.length));
}

/** Reports the BMCs that get no row, and why. */
function tell(
  { log }: Pick<StageContext, 'log'>,
  name: string,
  { unread, ofRows }: { readonly unread: readonly Unread[]; readonly ofRows: readonly FoundOfRow[] },
): void {
  const reasons = unread.map(({ bmcIp, problem }) => plainLine(`${bmcIp}: ${wordsOf(problem, say)}`));
  for (const reason of reasons) log.warn(reason);
  const parts = [
    ...(ofRows.length === 0
      ? []
      : [
          vscode.l10n.t(
            'Machines of rows that have another BMC_IP: {0}.',
            shortList(ofRows.map(({ bmcIp, host }) => `${host} (${bmcIp})`)).join(', '),
          ),
        ]),
    ...(reasons.length === 0 ? [] : [unreadWords(reasons)]),
  ];
  if (parts.length > 0) void window.showWarningMessage([`${name}:`, ...parts].join(' '));
}

function unreadWords(reasons: readonly string[]): string {
  const shown = shortList(reasons, mostReasons).join('; ');
  return reasons.length === 1
    ? vscode.l10n.t('1 BMC responds and could not be read: {0}', shown)
    : vscode.l10n.t('{0} BMCs respond and could not be read: {1}', reasons.length, shown);
}
