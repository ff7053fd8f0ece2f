import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { say } from '../../platform/say.ts';

/** A short summary of the test results of a node. */
export function validationText(tests: readonly Pick<TestCase, 'outcome' | 'title'>[]): string {
  const bad = tests.filter(({ outcome }) => outcome === 'failed' || outcome === 'error');
  const [first] = bad;
  if (first === undefined && tests.length === 1) return vscode.l10n.t('1 test passed');
  if (first === undefined) return vscode.l10n.t('{0} tests passed', tests.length);
  return vscode.l10n.t('{0} of {1} tests failed, such as: {2}', bad.length, tests.length, plainLine(say(first.title)));
}
