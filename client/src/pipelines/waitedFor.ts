import type * as vscode from 'vscode';
import type { OpenProject } from './project/projectSession.ts';

/** Where it is kept which pipelines somebody waits for. */
const waitedKey = 'gitlab.waitedFor';
const endedKey = 'gitlab.ended';

/** A pipeline that failed, until somebody has dealt with it. */
export interface OpenEnd {
  readonly rootId: number;
  /** As it was told. */
  readonly text: string;
}

interface Waited {
  readonly origin: string;
  readonly projectId: number;
  readonly ids: readonly number[];
}

/** What outlives a window: which pipelines are waited for, and the end that nobody has dealt with yet. */
export class WaitedFor {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Whether there is anything to go on with: known without GitLab. */
  get isAny(): boolean {
    return (this.#waited()?.ids.length ?? 0) > 0;
  }

  get ended(): OpenEnd | undefined {
    const value = this.#state.get<unknown>(endedKey);
    if (typeof value !== 'object' || value === null) return undefined;
    const { rootId, text } = value as Readonly<Record<string, unknown>>;
    return typeof rootId === 'number' && typeof text === 'string' ? { rootId, text } : undefined;
  }

  async setEnded(end: OpenEnd | undefined): Promise<void> {
    await this.#state.update(endedKey, end);
  }

  /** Of this project. */
  idsIn({ origin, project }: Pick<OpenProject, 'origin' | 'project'>): readonly number[] {
    const waited = this.#waited();
    return waited?.origin === origin && waited.projectId === project.id ? waited.ids : [];
  }

  async keep({ origin, project }: Pick<OpenProject, 'origin' | 'project'>, ids: readonly number[]): Promise<void> {
    await this.#state.update(waitedKey, { origin, projectId: project.id, ids } satisfies Waited);
  }

  #waited(): Waited | undefined {
    const value = this.#state.get<unknown>(waitedKey);
    if (typeof value !== 'object' || value === null) return undefined;
    const { origin, projectId, ids } = value as Readonly<Record<string, unknown>>;
    if (typeof origin !== 'string' || typeof projectId !== 'number' || !Array.isArray(ids)) return undefined;
    return { origin, projectId, ids: ids.filter((id): id is number => typeof id === 'number') };
  }
}
