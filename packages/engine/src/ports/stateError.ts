/** Why state cannot be read or kept. */
export class StateError extends Error {
  readonly reason: 'locked' | 'changed' | 'read-only' | 'disk-full' | 'not-ours' | 'unreadable' | 'io';

  constructor(reason: StateError['reason'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StateError';
    this.reason = reason;
  }
}
