import { systemClock, type Clock } from '@omnia-buildstream/gitlab/clock';
import { askSecret } from './askSecret.ts';
import { remoteAddress } from './remoteAddress.ts';

/** What the command needs of the process besides Io; tests bring their own. */
export interface PipelinesWorld {
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  /** Asks without showing what is typed; undefined where nobody can be asked. */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  /** Address of the git remote `origin` of a folder. */
  readonly remoteAddress: (folder: string) => Promise<string | undefined>;
  readonly signal: AbortSignal;
}

export function nodeWorld(): PipelinesWorld {
  return {
    clock: systemClock,
    random: Math.random,
    askSecret,
    remoteAddress,
    signal: new AbortController().signal,
  };
}
