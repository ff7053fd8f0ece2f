import type { GitLabClient } from '@omnia-buildstream/gitlab/api/client';

/** A job's log as GitLab serves it; a test can extend its text. */
export interface GrowingLog {
  text: string;
  readonly reads: number;
  readonly client: Pick<GitLabClient, 'jobs'>;
}

export function growingLog(start = ''): GrowingLog {
  const log = { text: start, reads: 0 };
  const trace = () => {
    log.reads += 1;
    const bytes = Buffer.from(log.text);
    async function* chunks() {
      await Promise.resolve();
      yield bytes;
    }
    return Promise.resolve({ lengthBytes: bytes.length, chunks: chunks(), discard: () => undefined });
  };
  return Object.assign(log, { client: { jobs: { trace } } as unknown as GrowingLog['client'] });
}
