import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';
import type { Project } from '@omnia-buildstream/gitlab/model/identity';
import * as vscode from 'vscode';
import { serverAddress } from '@omnia-buildstream/gitlab/project/server';
import type { TokenStore } from '../../auth/tokenStore.ts';
import { clientOf } from '../account/connection.ts';
import { findProject, type ProjectPlace, type ProjectSources } from './findProject.ts';
import { remoteProjects } from './remotes.ts';

const chosenKey = 'gitlab.project';
const openTimeoutMs = 30_000;

/** A project on a server that the user is signed in to. */
export interface OpenProject {
  readonly origin: string;
  readonly client: GitLabClient;
  readonly project: Project;
}

/** Knows which project is shown and keeps the connection to its server. */
export class ProjectSession {
  readonly #tokens: TokenStore;
  readonly #state: vscode.Memento;
  #open: Promise<OpenProject | undefined> | undefined;

  constructor(tokens: TokenStore, state: vscode.Memento) {
    this.#tokens = tokens;
    this.#state = state;
  }

  /** Undefined if there is no project. @throws GitLabError, UserError */
  async current(): Promise<OpenProject | undefined> {
    const opening = (this.#open ??= this.#connect());
    try {
      const open = await opening;
      // A repository may be opened later, or an account added.
      if (open === undefined && this.#open === opening) this.#open = undefined;
      return open;
    } catch (error) {
      if (this.#open === opening) this.#open = undefined;
      throw error;
    }
  }

  async sources(): Promise<ProjectSources> {
    const config = vscode.workspace.getConfiguration('buildstream.gitlab');
    const filled = (name: string) => config.get<string>(name, '').trim() || undefined;
    const url = filled('url');
    return {
      url: url === undefined ? undefined : serverAddress(url),
      project: filled('project'),
      chosen: readChosen(this.#state.get<unknown>(chosenKey)),
      remotes: await remoteProjects(),
      origins: (await this.#tokens.all()).map(({ origin }) => origin),
    };
  }

  async choose(place: ProjectPlace): Promise<void> {
    await this.#state.update(chosenKey, place);
    await this.reset();
  }

  /** Closes the connection. The next use connects anew, with the current account, project, and settings. */
  async reset(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    const before = await open?.catch(() => undefined);
    await before?.client.close();
  }

  dispose(): void {
    void this.reset();
  }

  async #connect(): Promise<OpenProject | undefined> {
    const place = findProject(await this.sources());
    if (place === undefined) return undefined;
    const { origin } = place;
    const client = await clientOf(origin, async () => (await this.#tokens.of(origin))?.token);
    try {
      const idOrPath = /^\d+$/.test(place.project) ? Number(place.project) : place.project;
      const project = await client.identity.project(idOrPath, { signal: AbortSignal.timeout(openTimeoutMs) });
      return { origin, client, project };
    } catch (error) {
      await client.close();
      throw error;
    }
  }
}

function readChosen(value: unknown): ProjectPlace | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { origin, project } = value as Readonly<Record<string, unknown>>;
  return typeof origin === 'string' && typeof project === 'string' ? { origin, project } : undefined;
}
