import { subscribe } from 'node:diagnostics_channel';
import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Clock } from '@omnia-buildstream/engine/ports/clock';
import type { OnHold } from '@omnia-buildstream/lab/fleet/fleet';
import { VirtualClock } from './virtualClock.ts';

/** An undici request, as its diagnostics channels show it. */
interface Sent {
  readonly origin: string;
}

/**
 * Time for client and lab in one process, with real connections between them. It advances only while the lab
 * deliberately holds back the answer to every open request. So a time limit only ends requests that really get no
 * answer, on any machine.
 *
 * BMCs are identified by their addresses; the client has one request at a time for each.
 */
export class NetworkClock {
  readonly clock: VirtualClock;
  readonly #underWay = new Map<Sent, string>();
  readonly #held = new Map<string, symbol>();
  #posts = 0;
  readonly #unpacking = new Set<Transform>();
  #heldPosts = 0;

  constructor() {
    // Certificates are checked against the real date.
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

  /** Pass this to the lab. */
  readonly onHold: OnHold = (address) => {
    const own = Symbol(address);
    this.#held.set(address, own);
    this.clock.look();
    return () => {
      if (this.#held.get(address) === own) this.#held.delete(address);
    };
  };

  /** For a server that holds back its answers to nodes' reports until something happens or time runs out. */
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

  /** A compressed answer is unpacked in another thread, after its request has ended. */
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
        // The callback may continue with the next chunk, or the last.
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
