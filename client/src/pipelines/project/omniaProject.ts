import { isOmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import type { OmniaProject } from '@omnia-buildstream/gitlab/omnia/project';
import * as vscode from 'vscode';
import type { OpenProject } from './projectSession.ts';

const readTimeoutMs = 30_000;

/** Omnia's project as the user has set it up: a selected version takes precedence over what the files suggest. */
export function omniaProject({ client, project }: OpenProject): OmniaProject {
  const chosen = vscode.workspace.getConfiguration('buildstream').get<string>('omniaVersion', 'auto');
  return { client, project, version: isOmniaVersion(chosen) ? chosen : undefined, reading: readCall };
}

export function readCall(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(readTimeoutMs) };
}
