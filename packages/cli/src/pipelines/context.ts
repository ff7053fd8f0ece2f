import type { CallOptions } from '@omnia-buildstream/gitlab/http/requester';
import type { Io } from '../io.ts';
import type { Connection } from './connection.ts';
import type { PipelineOptions } from './options.ts';
import type { PipelinesWorld } from './world.ts';

/** What every action gets. */
export interface ActionContext extends Connection {
  readonly options: PipelineOptions;
  readonly io: Io;
  readonly world: PipelinesWorld;
  readonly call: CallOptions;
}

/** How the command ends, besides the usual codes. */
export const outcomeUnknown = 3;
