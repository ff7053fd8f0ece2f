import { subscribe } from 'node:diagnostics_channel';
import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OnHold } from '@omnia-buildstream/lab/fleet/fleet';
import { VirtualClock } from './virtualClock.ts';

/** A request of undici, as its channels show it. */
interface Sent {
  readonly origin: string;
}

/**
 * Time for client and lab in one process, with real connections between them: it passes only when each request under way
 * is one whose answer the lab holds back on purpose. So a limit ends what really gives no answer, on any machine.
 *
 * BMCs are told apart by their addresses; the client has one request at a time for each.
 */
export class NetworkClock {
  readonly clock: VirtualClock;
  readonly #underWay = new Map<Sent, string>();
  readonly #held = new Map<string, symbol>();
  #posts = 0;
  readonly #unpacking = new Set<Transform>();
  #heldPosts = 0;

  constructor() {
    // Certificates are judged by the real date.
    this.clock = new VirtualClock({ startMs: Date.now(), isBusy: () => this.#isBusy() });
    const sent = (message: unknown): Sent => (message as { readonly request: Sent }).request;
    subscribe('undici:request:create', (message) => {
      const address = new URL(sent(message).origin).hostname;
      this.#underWay.set(sent(message), address);
      this.#held.delete(address);
    });
    for (const end of ['trailers', 'error']) {
      subscribe(`undici:request:${end}`, (message) => {
        if (this.#underWay.delete(sent(message))) this.clock.look();
      });
    }
    subscribe('http.client.request.start', () => {
      this.#posts++;
    });
    this.#watchUnpacking();
    for (const end of ['response.finish', 'request.error']) {
      subscribe(`http.client.${end}`, () => {
        this.#posts--;
        this.clock.look();
      });
    }
  }

  /** For the lab. */
  readonly onHold: OnHold = (address) => {
    const own = Symbol(address);
    this.#held.set(address, own);
    this.clock.look();
    return () => {
      if (this.#held.get(address) === own) this.#held.delete(address);
    };
  };

  /** For a server that holds nodes' reports until something happens or time is over. */
  readonly holding: Clock = {
    now: () => this.clock.now(),
    monotonic: () => this.clock.monotonic(),
    sleep: async (durationMs, signal) => {
      this.#heldPosts++;
      this.clock.look();
      try {
        await this.clock.sleep(durationMs, signal);
      } finally {
        this.#heldPosts--;
      }
    },
  };

  /** A packed answer is unpacked by another thread, after its request is over. */
  #watchUnpacking(): void {
    const gunzip = createGunzip();
    let allStreams: Transform = gunzip;
    while (!Object.hasOwn(allStreams, '_transform')) allStreams = Object.getPrototypeOf(allStreams) as Transform;
    gunzip.destroy();
    const transform = Reflect.get<Transform, '_transform'>(allStreams, '_transform');
    const begin = (stream: Transform): void => {
      this.#unpacking.add(stream);
    };
    const end = (stream: Transform): void => {
      if (this.#unpacking.delete(stream)) this.clock.look();
    };
    allStreams._transform = function (this: Transform, chunk: Buffer, encoding, callback) {
      begin(this);
      this.once('close', () => {
        end(this);
      });
      transform.call(this, chunk, encoding, (...result) => {
        // The callback may go on with the next piece, or the last.
        end(this);
        callback(...result);
      });
    };
  }

  #isBusy(): boolean {
    if (this.#unpacking.size > 0) return true;
    if (this.#posts > this.#heldPosts) return true;
    for (const address of this.#underWay.values()) if (!this.#held.has(address)) return true;
    return false;
  }
}
