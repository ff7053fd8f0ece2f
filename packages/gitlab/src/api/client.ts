import { systemClock, type Clock } from '../clock.ts';
import { Session } from '../http/session.ts';
import { Transport, type TransportOptions } from '../http/transport.ts';
import { FileApi } from './files.ts';
import { IdentityApi } from './identity.ts';
import { JobApi } from './jobs.ts';
import { NoteApi } from './notes.ts';
import { PipelineApi } from './pipelines.ts';

export interface ClientOptions extends TransportOptions {
  /** Asked for each request; undefined means signed out. The only place where the token is known. */
  readonly token: () => Promise<string | undefined>;
  /** Pauses between tries, and dates. */
  readonly clock?: Clock;
  /** Limits of single requests: a test that moves the other clock must not use up the server's time to respond. */
  readonly limitClock?: Clock;
  readonly random?: () => number;
}

/**
 * A client for one GitLab server (17 to 19). Reads are repeated when the server is busy; POST and PUT are sent once,
 * whatever happens. Owned by the code that creates it.
 */
export class GitLabClient {
  readonly identity: IdentityApi;
  readonly pipelines: PipelineApi;
  readonly jobs: JobApi;
  readonly files: FileApi;
  readonly notes: NoteApi;
  readonly #transport: Transport;

  constructor({ token, clock = systemClock, limitClock = clock, random = Math.random, ...options }: ClientOptions) {
    this.#transport = new Transport({ ...options, clock: limitClock });
    const session = new Session({ transport: this.#transport, server: options.server, token, clock, random });
    this.identity = new IdentityApi(session);
    this.pipelines = new PipelineApi(session);
    this.jobs = new JobApi(session);
    this.files = new FileApi(session);
    this.notes = new NoteApi(session);
  }

  /** Ends all connections; requests in progress fail. */
  async close(): Promise<void> {
    await this.#transport.close();
  }
}
