import { plainLine } from '@omnia-buildstream/core/text/foreignText';

/** The part of an event of any stage that says which nodes it is about. */
interface NodeEvent {
  readonly type: string;
  readonly bmcIp?: string;
  readonly hostname?: string;
}

/** The nodes that a run has begun and not finished. */
export class UnderWay {
  /** By BMC_IP, in the order in which they were begun. */
  readonly #names = new Map<string, string>();
  #left = 0;

  show({ type, bmcIp = '', hostname = '' }: NodeEvent): void {
    if (type === 'node-started') this.#names.set(bmcIp, plainLine(hostname === '' ? bmcIp : hostname));
    if (type === 'node-left') this.#left += 1;
    if (type === 'node-finished' || type === 'node-left') this.#names.delete(bmcIp);
  }

  /** The nodes that the run is waiting for; none as long as there are others to begin. */
  awaited({ total, done }: { readonly total: number; readonly done: number }): readonly string[] {
    return done + this.#left + this.#names.size < total ? [] : [...this.#names.values()];
  }
}
