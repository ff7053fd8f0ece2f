import { newsOf, nothingSeen, type Memory, type News } from '@omnia-buildstream/gitlab/poll/news';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';

/** Remembers which pipelines the user waits for, and what was reported about them. */
export class PipelineNews {
  readonly #tell: (news: News) => void;
  /** Undefined until the first look. */
  readonly #watched = new Map<number, Memory | undefined>();
  readonly #over = new Set<number>();
  readonly #guided = new Set<number>();
  readonly #keep: (open: readonly number[]) => void;

  /** @param keep receives the pipelines that are waited for, so that the next window can continue */
  constructor(tell: (news: News) => void, keep: (open: readonly number[]) => void = () => undefined) {
    this.#tell = tell;
    this.#keep = keep;
  }

  /** Watches from now on. @param tree the pipeline as already shown */
  watch(pipelineId: number, tree: PipelineNode | undefined): void {
    if (this.#watched.has(pipelineId)) return;
    this.#watched.set(pipelineId, undefined);
    if (tree !== undefined) this.look(tree);
    this.#keep(this.open);
  }

  /** Watches from the beginning. */
  watchStarted(pipelineId: number): void {
    if (!this.#watched.has(pipelineId)) this.#watched.set(pipelineId, nothingSeen);
    this.#keep(this.open);
  }

  /** While the user is guided through a pipeline, its next step is already on the screen. */
  guided(pipelineId: number): { dispose(): void } {
    this.#guided.add(pipelineId);
    return { dispose: () => this.#guided.delete(pipelineId) };
  }

  /** Pipelines whose end is awaited: they have not ended yet, or they are running again. */
  get open(): readonly number[] {
    return [...this.#watched.keys()].filter((id) => !this.#over.has(id));
  }

  /** Reports what is new in a watched pipeline. */
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

  /** Called after a change of account or project. What is waited for in the previous one stays stored. */
  clear(): void {
    this.#watched.clear();
    this.#over.clear();
  }

  /** Called if one of them is gone and it is unknown which: the next window then waits for none of them. */
  forget(): void {
    this.clear();
    this.#keep(this.open);
  }
}
