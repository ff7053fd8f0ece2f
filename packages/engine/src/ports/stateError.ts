import type { Said } from '@omnia-buildstream/core/text/phrase';
import { SaidError } from '@omnia-buildstream/core/text/saidError';

/** Why state cannot be read or kept. */
export class StateError extends SaidError {
  readonly reason: 'locked' | 'changed' | 'read-only' | 'disk-full' | 'not-ours' | 'unreadable' | 'io';

  constructor(reason: StateError['reason'], said: Said, cause?: unknown) {
    super(said, { cause });
    this.name = 'StateError';
    this.reason = reason;
  }
}
