import { certificateLines, type CertificateFacts } from '@omnia-buildstream/core/text/certificateLines';
import { oneLine } from '@omnia-buildstream/core/text/foreignText';
import * as vscode from 'vscode';
import { say } from './say.ts';
import { window } from './window.ts';

export interface CertificateQuestion {
  readonly host: string;
  /** The host's own certificate first, then those that signed it. */
  readonly chain: readonly [CertificateFacts, ...CertificateFacts[]];
  /** What is wrong with it, if known. */
  readonly problem?: string;
  /** Text of ours: what to compare the fingerprint with, and what pinning means. */
  readonly advice: string;
}

/** The only dialog that shows the certificate of another host. Resolves to whether the user pins it. */
export async function askToPin({ host, chain, problem, advice }: CertificateQuestion): Promise<boolean> {
  const parts = [
    ...chain.map((certificate) => certificateLines(certificate, say)),
    ...(problem === undefined ? [] : [vscode.l10n.t('Error: {0}', oneLine(problem))]),
    advice,
  ];
  const pin = vscode.l10n.t('Pin This Certificate');
  const message = vscode.l10n.t('The certificate of {0} is not trusted.', oneLine(host));
  return (await window.ask(message, parts, pin)) === pin;
}
