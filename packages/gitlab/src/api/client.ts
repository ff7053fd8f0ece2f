import { systemClock, type Clock } from '../clock.ts';
import { Session } from '../http/session.ts';
import { Transport, type TransportOptions } from '../http/transport.ts';
import { FileApi } from './files.ts';
import { IdentityApi } from './identity.ts';
import { JobApi } from './jobs.ts';
import { NoteApi } from './notes.ts';
import { PipelineApi } from './pipelines.ts';

export interface ClientOptions extends TransportOptions {
  /** Called for each request; resolves to undefined if signed out. The only source of the token. */
  readonly token: () => Promise<string | undefined>;
  /** For pauses between tries and for dates. */
  readonly clock?: Clock;
  /** For limits of single requests: a test that advances the other clock must not use up the server's response time. */
  readonly limitClock?: Clock;
  readonly random?: () => number;
}

/**
 * A client for one GitLab server (versions 17 to 19). Repeats reads while the server is busy; sends POST and PUT only
 * once, whatever happens. Owned by the code that creates it.
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

  /** Closes all connections; requests in progress fail. */
  async close(): Promise<void> {
    await this.#transport.close();
  }
}
