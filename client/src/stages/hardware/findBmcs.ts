import path from 'node:path';
import { refused } from '@omnia-buildstream/core/errors/userError';
import { newRowsEdit, sortFound, type FoundBmc, type FoundOfRow } from '@omnia-buildstream/core/hardware/newRows';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { addressesIn, discoverBmcs, type Discovered } from '@omnia-buildstream/runner/hardware';
import * as vscode from 'vscode';
import { shortList } from '../../platform/shortList.ts';
import { whileAsking } from '../../platform/whileAsking.ts';
import { window } from '../../platform/window.ts';
import { clientWithoutLogin } from '../bmc/bmcLogin.ts';
import { machine } from '../machine.ts';
import { projectOf, requestFile } from '../requestFiles.ts';
import type { StageContext } from '../stageContext.ts';
import { mappingOf, readMachines } from './checkHardware.ts';
import { offerFilled } from './showFilled.ts';

/**
 * Looks for BMCs that no row of a mapping file has, and offers rows for them. Contacts a network only after a yes, and then
 * asks for the root of Redfish only; who responds is logged in to after another one. Changes no BMC.
 */
export async function findBmcs(context: StageContext, args: readonly unknown[]): Promise<void> {
  const file = await requestFile(mappingOf(args), context.nodes);
  const { version } = projectOf(file);
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
  const found = await read(context, all);
  if (found === undefined) return;
  const document = await vscode.workspace.openTextDocument(file.uri);
  tell(document, all, sortFound(document.getText(), version, found));
  const edit = newRowsEdit(document.getText(), version, found);
  if (edit === undefined) return;
  const { fresh } = sortFound(document.getText(), version, found);
  const name = path.basename(document.uri.fsPath);
  const question =
    fresh.length === 1
      ? vscode.l10n.t('Add 1 row to {0}?', name)
      : vscode.l10n.t('Add {0} rows to {1}?', fresh.length, name);
  const button = fresh.length === 1 ? vscode.l10n.t('Add 1 Row') : vscode.l10n.t('Add {0} Rows', fresh.length);
  await offerFilled(document, [edit], { question, button });
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
    'Each is asked for the root of Redfish, without logging in. Addresses that are in the mapping file are left out.',
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

/** Undefined: nobody wants to log in. */
async function read(context: StageContext, all: readonly Discovered[]): Promise<readonly FoundBmc[] | undefined> {
  const usable = all.filter(({ problem }) => problem === undefined).map(({ bmcIp }) => bmcIp);
  if (usable.length === 0) return [];
  const bmcs = await context.logins.clientFor(usable, {
    one: vscode.l10n.t('1 BMC without a row responds. Log in to read its hardware?'),
    several: (count) => vscode.l10n.t('{0} BMCs without a row respond. Log in to read their hardware?', count),
    always: vscode.l10n.t('User and password are sent to these addresses, which no row of the mapping file has.'),
  });
  if (bmcs === undefined) return undefined;
  const asked = usable.map((bmcIp) => ({ bmcIp, serviceTag: '', adminMac: '' }));
  const seen = await readMachines(bmcs, asked, asked.length);
  return usable.flatMap((bmcIp): FoundBmc[] => {
    const one = seen.get(bmcIp);
    return one !== undefined && 'hardware' in one ? [{ bmcIp, hardware: one.hardware }] : [];
  });
}

/** What no row comes of, and why. */
function tell(
  document: vscode.TextDocument,
  all: readonly Discovered[],
  { fresh, ofRows }: { readonly fresh: readonly FoundBmc[]; readonly ofRows: readonly FoundOfRow[] },
): void {
  const unread = all.length - fresh.length - ofRows.length;
  const parts = [
    ...(ofRows.length === 0
      ? []
      : [
          vscode.l10n.t(
            'Machines of rows that have another BMC_IP: {0}.',
            shortList(ofRows.map(({ bmcIp, host }) => `${host} (${bmcIp})`)).join(', '),
          ),
        ]),
    ...(unread === 0 ? [] : [unreadWords(unread)]),
  ];
  if (parts.length === 0) return;
  const name = path.basename(document.uri.fsPath);
  void window.showWarningMessage([`${name}:`, ...parts].join(' '));
}

function unreadWords(count: number): string {
  return count === 1
    ? vscode.l10n.t('1 BMC responds and could not be read.')
    : vscode.l10n.t('{0} BMCs respond and could not be read.', count);
}
