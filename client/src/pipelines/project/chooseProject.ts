import { projectOn } from '@omnia-buildstream/gitlab/project/server';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import type { ProjectPlace } from './findProject.ts';
import type { ProjectSession } from './projectSession.ts';
import { window } from '../../platform/window.ts';

interface ProjectItem extends vscode.QuickPickItem {
  readonly place: ProjectPlace | undefined;
}

/** Lets the user select which project is shown: one that a git remote names, or one by its path. */
export async function chooseProject(session: ProjectSession): Promise<boolean> {
  const { origins, remotes } = await session.sources();
  if (origins.length === 0) throw lacking(vscode.l10n.t('You are not signed in to any GitLab server.'), ways.signIn());
  const known = remotes.flatMap((remote) =>
    origins.flatMap((origin) => {
      const path = projectOn(origin, remote);
      return path === undefined ? [] : [{ label: path, description: origin, place: { origin, project: path } }];
    }),
  );
  const other: ProjectItem = { label: vscode.l10n.t('Another Project…'), place: undefined };
  const chosen: ProjectItem | undefined =
    known.length === 0
      ? other
      : await window.showQuickPick<ProjectItem>([...known, other], {
          title: vscode.l10n.t('Select GitLab Project'),
          matchOnDescription: true,
        });
  if (chosen === undefined) return false;
  const place = chosen.place ?? (await askProject(origins));
  if (place === undefined) return false;
  await session.choose(place);
  return true;
}

async function askProject(origins: readonly string[]): Promise<ProjectPlace | undefined> {
  const [only, ...others] = origins;
  const origin =
    others.length === 0
      ? only
      : await window.showQuickPick([...origins], { title: vscode.l10n.t('Select GitLab Server') });
  if (origin === undefined) return undefined;
  const project = await window.showInputBox({
    title: vscode.l10n.t('Select GitLab Project'),
    prompt: vscode.l10n.t('Path or number of the project on {0}', new URL(origin).host),
    placeHolder: 'root/omnia',
    ignoreFocusOut: true,
  });
  return project === undefined || project.trim() === '' ? undefined : { origin, project: project.trim() };
}
