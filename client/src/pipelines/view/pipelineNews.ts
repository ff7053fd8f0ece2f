import { newsOf, nothingSeen, type Memory, type News } from '@omnia-buildstream/gitlab/poll/news';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** Remembers which pipelines the user waits for, and what was told of them. */
export class PipelineNews {
  readonly #tell: (news: News) => void;
  /** Undefined until the first look. */
  readonly #watched = new Map<number, Memory | undefined>();
  readonly #guided = new Set<number>();

  constructor(tell: (news: News) => void) {
    this.#tell = tell;
  }

  /** From now on. @param tree as it is shown already */
  watch(pipelineId: number, tree: PipelineNode | undefined): void {
    if (this.#watched.has(pipelineId)) return;
    this.#watched.set(pipelineId, undefined);
    if (tree !== undefined) this.look(tree);
  }

  /** From its beginning. */
  watchStarted(pipelineId: number): void {
    if (!this.#watched.has(pipelineId)) this.#watched.set(pipelineId, nothingSeen);
  }

  /** While the user is led through a pipeline, its next step is on the screen already. */
  guided(pipelineId: number): { dispose(): void } {
    this.#guided.add(pipelineId);
    return { dispose: () => this.#guided.delete(pipelineId) };
  }

  /** Pipelines that were started, and of which nothing was seen yet. */
  get unseen(): readonly number[] {
    return [...this.#watched].filter(([, memory]) => memory === nothingSeen).map(([id]) => id);
  }

  /** Tells what is new in a pipeline that is watched. */
  look(tree: PipelineNode): void {
    const { id } = tree.pipeline;
    if (!this.#watched.has(id)) return;
    const { memory, news } = newsOf(this.#watched.get(id), tree);
    this.#watched.set(id, memory);
    const isOnScreen = news?.kind === 'waits' && this.#guided.has(id);
    if (news !== undefined && !isOnScreen) this.#tell(news);
  }

  /** Another account or project. */
  clear(): void {
    this.#watched.clear();
  }
}
