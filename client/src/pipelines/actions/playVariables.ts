import { refused } from '@omnia-buildstream/core/errors/userError';
import { readVariable, shownVariable, type Variable } from '@omnia-buildstream/gitlab/actions/jobVariables';
import * as vscode from 'vscode';
import type { ActionContext } from './actionContext.ts';
import { jobOf, type JobElement } from '../view/pipelineElements.ts';
import { playCommand } from './playCommand.ts';
import { window } from '../../platform/window.ts';

/** Runs a manual job with variables, which are entered one after the other. GitLab ignores them on a trigger job. */
export async function playWithVariables(context: ActionContext, element: JobElement): Promise<void> {
  const { kind, name } = jobOf(element.entry);
  if (kind === 'bridge') {
    throw refused(vscode.l10n.t('{0} starts a child pipeline; GitLab ignores variables there.', name));
  }
  const variables = await askVariables(name);
  if (variables !== undefined) await playCommand(context, element, variables);
}

/** Entering a name again replaces its value. @returns undefined if the user cancels */
async function askVariables(job: string): Promise<readonly Variable[] | undefined> {
  const given = new Map<string, Variable>();
  for (;;) {
    const so = [...given.values()].map(shownVariable).join(', ');
    const text = await window.showInputBox({
      title: vscode.l10n.t('Run {0} with Variables', job),
      prompt:
        so === ''
          ? vscode.l10n.t('NAME=VALUE, one at a time')
          : vscode.l10n.t('So far: {0}. Enter one more, or leave empty to continue', so),
      placeHolder: 'SKIP_RESTART=true',
      ignoreFocusOut: true,
      validateInput: (value) =>
        value === '' || readVariable(value) !== undefined
          ? undefined
          : vscode.l10n.t(
              'Enter NAME=VALUE. A name has letters, digits, and underscores, and does not begin with a digit.',
            ),
    });
    if (text === undefined) return undefined;
    const variable = readVariable(text);
    if (variable === undefined) return [...given.values()];
    given.set(variable.key, variable);
  }
}
