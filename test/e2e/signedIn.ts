import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { startGitLabLab, type GitLabLab, type GitLabLabOptions } from '@omnia-buildstream/lab/gitlab/lab';
import { Answers } from './answers.ts';
import { configure, configureUser } from './support.ts';

export interface SignedIn {
  readonly lab: GitLabLab;
  readonly token: string;
  /** Signs in again after a sign-out. */
  readonly signIn: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A lab's GitLab that this VS Code is signed in to, with its project selected. */
export async function startSignedIn(options: GitLabLabOptions): Promise<SignedIn> {
  const token = 'glpat-e2e-signed-in-0123456789';
  const folder = mkdtempSync(path.join(tmpdir(), 'buildstream-e2e-'));
  const lab = await startGitLabLab(options);
  lab.tokens.add({ value: token });
  const caFile = path.join(folder, 'ca.pem');
  writeFileSync(caFile, lab.certificate?.cert ?? '');
  await configureUser('gitlab.servers', { [lab.origin]: { caFile } });
  const signIn = async (): Promise<void> => {
    const answers = new Answers([lab.origin, token]);
    try {
      await vscode.commands.executeCommand('buildstream.signIn');
    } finally {
      answers.restore();
    }
  };
  await signIn();
  await configure('gitlab.url', lab.origin);
  await configure('gitlab.project', 'root/omnia');
  return {
    lab,
    token,
    signIn,
    stop: async () => {
      await vscode.commands.executeCommand('buildstream.signOut');
      for (const name of ['gitlab.url', 'gitlab.project']) await configure(name, undefined);
      await configureUser('gitlab.servers', undefined);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await lab.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
