import { runSsh } from '@omnia-buildstream/engine/validate/probes/runSsh';
import { readRemote, type RemoteProject } from '@omnia-buildstream/gitlab/project/remote';
import { withSshNames } from '@omnia-buildstream/gitlab/project/sshName';
import * as vscode from 'vscode';
import type { GitExtension, GitRepository } from '../../git/gitExtension.ts';
import { DisposableStore } from '../../platform/disposableStore.ts';

interface Remote {
  readonly name: string;
  readonly fetchUrl?: string;
}

/** `ssh -G` connects to no server, but a command that the user's own configuration runs may take time. */
const sshLimitMs = 5_000;

/**
 * The projects that the git remotes of the open folders name, `origin` first. Host names of ~/.ssh/config are resolved.
 */
export async function remoteProjects(): Promise<RemoteProject[]> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (extension === undefined) return [];
  try {
    const git = await extension.activate();
    const remotes = git.enabled ? git.getAPI(1).repositories.flatMap(remotesOf) : [];
    const named = remotes
      .sort((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'))
      .flatMap(({ fetchUrl }) => (fetchUrl === undefined ? [] : (readRemote(fetchUrl) ?? [])));
    return await withSshNames(named, runSsh, AbortSignal.timeout(sshLimitMs));
  } catch {
    // Git cannot start here, so there are no remotes.
    return [];
  }
}

/** Calls back when git opens a repository, which happens some time after startup. */
export function watchRepositories(onOpened: () => void): DisposableStore {
  const store = new DisposableStore();
  const watch = async () => {
    const git = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    if (git?.enabled === true) store.add(git.getAPI(1).onDidOpenRepository(onOpened));
  };
  // Without git there is nothing to watch.
  watch().catch(() => undefined);
  return store;
}

function remotesOf({ state }: GitRepository): readonly Remote[] {
  return (state as { readonly remotes?: readonly Remote[] }).remotes ?? [];
}
