import type { ListedGroups } from '@omnia-buildstream/gitlab/omnia/listedGroups';
import type { CallOptions } from '@omnia-buildstream/gitlab/http/requester';
import type { Io } from '../io.ts';
import type { Connection } from './connection.ts';
import type { PipelineOptions } from './options.ts';

/** What every action gets. */
export interface ActionContext extends Connection {
  readonly options: PipelineOptions;
  readonly io: Io;
  readonly call: CallOptions;
  /** What the BuildStreaM API lists. */
  readonly imageGroups: () => Promise<ListedGroups>;
}
