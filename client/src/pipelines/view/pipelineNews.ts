import { newsOf, nothingSeen, type Memory, type News } from '@omnia-buildstream/gitlab/poll/news';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** Remembers which pipelines the user waits for, and what was told of them. */
export class PipelineNews {
  readonly #tell: (news: News) => void;
  /** Undefined until the first look. */
  readonly #watched = new Map<number, Memory | undefined>();
  readonly #over = new Set<number>();
  readonly #guided = new Set<number>();
  readonly #keep: (open: readonly number[]) => void;

  /** @param keep is told which pipelines are waited for, so that the next window can continue with it */
  constructor(tell: (news: News) => void, keep: (open: readonly number[]) => void = () => undefined) {
    this.#tell = tell;
    this.#keep = keep;
  }

  /** From now on. @param tree as it is shown already */
  watch(pipelineId: number, tree: PipelineNode | undefined): void {
    if (this.#watched.has(pipelineId)) return;
    this.#watched.set(pipelineId, undefined);
    if (tree !== undefined) this.look(tree);
    this.#keep(this.open);
  }

  /** From its beginning. */
  watchStarted(pipelineId: number): void {
    if (!this.#watched.has(pipelineId)) this.#watched.set(pipelineId, nothingSeen);
    this.#keep(this.open);
  }

  /** While the user is led through a pipeline, its next step is on the screen already. */
  guided(pipelineId: number): { dispose(): void } {
    this.#guided.add(pipelineId);
    return { dispose: () => this.#guided.delete(pipelineId) };
  }

  /** Pipelines whose end is waited for: none was seen yet, or they go on again. */
  get open(): readonly number[] {
    return [...this.#watched.keys()].filter((id) => !this.#over.has(id));
  }

  /** Tells what is new in a pipeline that is watched. */
  look(tree: PipelineNode): void {
    const { id } = tree.pipeline;
    if (!this.#watched.has(id)) return;
    const { memory, news } = newsOf(this.#watched.get(id), tree);
    this.#watched.set(id, memory);
    const wasOver = this.#over.has(id);
    const isOver = phaseOf(tree.state.status) === 'over';
    if (isOver) this.#over.add(id);
    else this.#over.delete(id);
    if (wasOver !== isOver) this.#keep(this.open);
    const isOnScreen = news?.kind === 'waits' && this.#guided.has(id);
    if (news !== undefined && !isOnScreen) this.#tell(news);
  }

  /** Another account or project: what is waited for in this one is kept. */
  clear(): void {
    this.#watched.clear();
    this.#over.clear();
  }

  /** One of them is gone, and nobody says which: the next window waits for none of them. */
  forget(): void {
    this.clear();
    this.#keep(this.open);
  }
}
