import type { AddNodes, ListColumn, SeriesColumn } from '@omnia-buildstream/core/editing/addNodes';
import type { NewFileQuestions } from '@omnia-buildstream/core/editing/newFile';
import * as vscode from 'vscode';
import { window } from '../platform/window.ts';

type FirstNodes = Omit<AddNodes, 'kind'>;

const mostNodes = 1_000;
const listed: readonly ListColumn[] = ['SERVICE_TAG', 'ADMIN_MAC', 'BMC_MAC'];

/** Asks for the nodes that a new file starts with, or for examples to replace. Undefined if the user cancels. */
export async function askFirstNodes(
  title: string,
  questions: NewFileQuestions,
): Promise<FirstNodes | 'examples' | undefined> {
  const examples = { label: vscode.l10n.t('Examples'), description: vscode.l10n.t('four example nodes to replace') };
  const roles = questions.roles.map(({ name, description }) => ({ label: name, description }));
  const placeHolder = vscode.l10n.t('Select the role of the first nodes, or begin with examples');
  const choice = await window.showQuickPick([examples, ...roles], { title, placeHolder, matchOnDescription: true });
  if (choice === undefined || choice === examples) return choice && 'examples';
  const asking = new Asking(title);
  const role = questions.asksRelease ? await asking.release(choice.label) : choice.label;
  const group = role && (await asking.text(vscode.l10n.t('Name of the group, such as grp7'), 'grp1'));
  const count = group && (await asking.count());
  if (role === undefined || group === undefined || count === undefined || count === '') return undefined;
  const number = Number(count);
  const starts: Partial<Record<SeriesColumn, string>> = {};
  for (const [column, value] of [
    ['HOSTNAME', 'node1'],
    ['ADMIN_IP', questions.adminIp],
    ['BMC_IP', ''],
  ] as const) {
    const start = await asking.text(vscode.l10n.t('Where {0} begins', column), value);
    if (start === undefined) return undefined;
    starts[column] = start;
  }
  const lists: Partial<Record<ListColumn, readonly string[]>> = {};
  for (const column of listed) {
    const list = await asking.list(column, number, questions.demanded.includes(column));
    if (list === undefined) return undefined;
    lists[column] = list;
  }
  return { count: number, shared: { FUNCTIONAL_GROUP_NAME: role, GROUP_NAME: group }, starts, lists };
}

/** Shows one input box after the other. Answers are undefined if the user cancels. */
class Asking {
  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  async text(prompt: string, value: string): Promise<string | undefined> {
    const text = await window.showInputBox({
      title: this.#title,
      prompt,
      value,
      validateInput: (given) => (given.trim() === '' ? prompt : undefined),
    });
    return text?.trim();
  }

  /** The role with the OS release that its version requires. */
  async release(role: string): Promise<string | undefined> {
    const release = await this.text(vscode.l10n.t('OS release of the nodes, such as rhel_10_0'), '');
    return release === undefined ? undefined : role.replace(/_(x86_64|aarch64)$/, `_${release}_$1`);
  }

  async count(): Promise<string | undefined> {
    const isCount = (value: string): boolean => /^[1-9][0-9]{0,3}$/.test(value.trim()) && Number(value) <= mostNodes;
    return window.showInputBox({
      title: this.#title,
      prompt: vscode.l10n.t('Number of nodes'),
      value: '1',
      validateInput: (value) => (isCount(value) ? undefined : vscode.l10n.t('A number from 1 to {0}', mostNodes)),
    });
  }

  /** Asks for as many values as there are nodes; also accepts none if the version does not require them. */
  async list(column: ListColumn, count: number, isDemanded: boolean): Promise<readonly string[] | undefined> {
    const valuesOf = (text: string): string[] => text.split(/[\s,;]+/).filter((value) => value !== '');
    const prompt = isDemanded
      ? vscode.l10n.t('{0} values for {1}, separated by spaces or commas', count, column)
      : vscode.l10n.t('{0} values for {1}, separated by spaces or commas, or none', count, column);
    const text = await window.showInputBox({
      title: this.#title,
      prompt,
      validateInput: (value) => {
        const given = valuesOf(value).length;
        return given === count || (given === 0 && !isDemanded) ? undefined : prompt;
      },
    });
    return text === undefined ? undefined : valuesOf(text);
  }
}
