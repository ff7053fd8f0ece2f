import type * as vscode from 'vscode';
import type { OpenProject } from './project/projectSession.ts';

/** Storage key of the pipelines that are waited for. */
const waitedKey = 'gitlab.waitedFor';
const endedKey = 'gitlab.ended';

/** A pipeline that failed, kept until the user has dealt with it. */
export interface OpenEnd {
  readonly rootId: number;
  /** As it was reported. */
  readonly text: string;
}

interface Waited {
  readonly origin: string;
  readonly projectId: number;
  readonly ids: readonly number[];
}

/** State that outlives a window: which pipelines are waited for, and the failed end that is not dealt with yet. */
export class WaitedFor {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Whether there is anything to continue with; known without asking GitLab. */
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

  /** Empty if the stored pipelines belong to another project. */
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
