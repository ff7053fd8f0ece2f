import path from 'node:path';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import {
  prepareValidate,
  type PreparedValidate,
  type ValidateEnd,
  type ValidateRequest,
} from '@omnia-buildstream/runner/validate';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import * as vscode from 'vscode';
import { validateRequest } from './validateRequest.ts';
import type { DirectInput } from './directInput.ts';
import type { DirectOffer, StageOutcome } from './directOffer.ts';
import { directStage } from './directStage.ts';

/** The most addresses that are listed per kind of check. */
const mostShown = 4;

/** The validate stage: checks the services of nodes, and runs Molecule if it is configured. */
export const validateStage = directStage<ValidateEnd>({
  name: 'validate',
  title: () => vscode.l10n.t('Validate'),
  description: () => vscode.l10n.t('Checks that each node provides the services of its role (read-only)'),
  stateFolder: ({ project, settings }) => path.resolve(project, settings.validate.reportFolder, 'validate'),
  offer,
  words: {
    unit: 'tests',
    doneWord: () => vscode.l10n.t('passed'),
    stepWord: (step) => (step === 'checks' ? vscode.l10n.t('is tested') : step),
    endsTogether: true,
  },
});

async function offer(input: DirectInput): Promise<DirectOffer<ValidateEnd>> {
  const request = await validateRequest(input);
  const prepared = prepareValidate(request);
  const { checks } = prepared;
  const count = checks.length + (request.molecule === undefined ? 0 : 1);
  return {
    prepared,
    notes: notesOf(prepared, request, input),
    tests: checks,
    question: count === 1 ? vscode.l10n.t('Run 1 test now?') : vscode.l10n.t('Run {0} tests now?', count),
    button: count === 1 ? vscode.l10n.t('Run 1 Test') : vscode.l10n.t('Run {0} Tests', count),
    outcomeOf: ({ report }) => outcomeOf(report),
  };
}

function notesOf(
  { contacts }: PreparedValidate,
  { molecule, login, checks }: ValidateRequest,
  { settings: { validate } }: DirectInput,
): Paragraph[] {
  const asked = [validate.hostsFile, validate.resolver].find((source) => source !== '');
  const lines = contacts.map(({ kind, port, addresses }) => {
    const shown = addresses.slice(0, mostShown).join(', ') + (addresses.length > mostShown ? ', …' : '');
    const how =
      kind === 'name'
        ? vscode.l10n.t('name resolution ({0})', asked ?? vscode.l10n.t('this machine'))
        : kind === 'clock' || kind === 'image'
          ? vscode.l10n.t('logs in as {0}, port {1}', login?.settings.user ?? '', checks.ports.ssh)
          : vscode.l10n.t('port {0}', String(port));
    return plainLine(`${kind}: ${how}: ${shown} (${String(addresses.length)})`);
  });
  const command = molecule === undefined ? '' : molecule.command.join(' ');
  return [
    [vscode.l10n.t('Read-only. Connects to:'), ...lines],
    ...(molecule === undefined ? [] : [vscode.l10n.t('Then runs {0} in {1}.', command, molecule.folder)]),
  ];
}

function outcomeOf({ outcome, summary, errorMessage, reportPath }: TestReport): StageOutcome {
  const { passed, failed, errors, skipped } = summary;
  return {
    summary: vscode.l10n.t('{0} passed, {1} failed, {2} in error, {3} skipped.', passed, failed, errors, skipped),
    notes: [
      ...(errorMessage === '' ? [] : [plainLine(errorMessage)]),
      vscode.l10n.t('Detailed report: {0}', reportPath),
    ],
    isGood: outcome === 'PASSED',
    report: reportPath,
  };
}
