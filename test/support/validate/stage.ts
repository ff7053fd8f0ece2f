import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import type { Check } from '@omnia-buildstream/engine/validate/check';
import type { ValidateEvent } from '@omnia-buildstream/engine/validate/events';
import type { ReportFolder } from '@omnia-buildstream/engine/validate/report/attemptFolder';
import type { ValidatorOutput } from '@omnia-buildstream/engine/validate/validator';

/** SSH checks of nodes n0, n1, … */
export function sshChecks(count: number): Check[] {
  return Array.from({ length: count }, (_, index) => {
    const hostname = `n${String(index)}`;
    return { kind: 'ssh', id: `ssh/${hostname}`, title: 'SSH answers', hostname, address: '127.0.0.1', port: 22 };
  });
}

/** Collects a validator's output. */
export function collect(): ValidatorOutput & { readonly tests: TestCase[]; readonly notes: string[] } {
  const tests: TestCase[] = [];
  const notes: string[] = [];
  return {
    tests,
    notes,
    finished: (test) => void tests.push(test),
    note: (_level, said) => void notes.push(wordsOf(said)),
  };
}

/** A report folder in memory. */
export class MemoryFolder implements ReportFolder {
  readonly path = '/state/validate/attempt_3';
  readonly attempt = 3;
  readonly files = new Map<string, string>();
  readonly lines: string[] = [];

  fileOf(kind: 'log' | 'report' | 'junit'): string {
    return `${this.path}/${kind}`;
  }

  log(line: string): void {
    this.lines.push(line);
  }

  closeLog(): Promise<void> {
    return Promise.resolve();
  }

  write(kind: 'report' | 'junit', text: string): Promise<void> {
    this.files.set(kind, text);
    return Promise.resolve();
  }
}

export function finishedIn(events: readonly ValidateEvent[]): Extract<ValidateEvent, { type: 'stage-finished' }> {
  const last = events.at(-1);
  if (last?.type === 'stage-finished') return last;
  throw new Error('the last event does not finish the stage');
}
