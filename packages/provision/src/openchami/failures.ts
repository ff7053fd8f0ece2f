import { together, type Said } from '@omnia-buildstream/core/text/phrase';
import type { Need, NeedWrite } from './reportWrites.ts';
import type { WriteOutcome } from './service.ts';
import type { WantedNode } from './wanted.ts';

type Reasons = Readonly<Record<Need, Map<WantedNode, Said>>>;

const none = (): Reasons => ({ group: new Map(), hostname: new Map() });

/** The reasons why writes failed, by the nodes that they were for. */
export class Failures {
  readonly #refused = none();
  readonly #lost = none();

  add({ need, nodes, write }: NeedWrite, outcome: WriteOutcome): void {
    if (outcome.kind === 'done') return;
    const reasons = outcome.kind === 'refused' ? this.#refused : this.#lost;
    for (const one of nodes) {
      reasons[need].set(one, together([`${write.method} ${write.path}`, outcome.detail], ': '));
    }
  }

  /** Whether the service refused it; it is then not sent again. */
  isRefused({ need, nodes }: NeedWrite): boolean {
    return nodes.some((one) => this.#refused[need].has(one));
  }

  /** The first refusal, or if there is none, the first lost response. */
  firstOf(need: Need, nodes: readonly WantedNode[]): Said | undefined {
    return firstIn(this.#refused[need], nodes) ?? firstIn(this.#lost[need], nodes);
  }
}

function firstIn(reasons: ReadonlyMap<WantedNode, Said>, nodes: readonly WantedNode[]): Said | undefined {
  return nodes.map((one) => reasons.get(one)).find((reason) => reason !== undefined);
}
