import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import { UnderWay } from '@omnia-buildstream/engine/stage/underWay';
import type { Output } from '../../io.ts';
import { StatusLine } from '../statusLine.ts';

const barWidth = 24;
/** More names than this are only counted. */
const mostNames = 3;

/** What a run shows people while it is running. On a terminal, a bar on the last line, with rate and remaining time. */
export class Progress {
  readonly #line: StatusLine;
  readonly #now: () => number;
  readonly #underWay = new UnderWay();
  #total = 0;
  #done = 0;
  #doneBefore = 0;
  #failed = 0;
  #startMs = 0;

  constructor(output: Output, now: () => number) {
    this.#line = new StatusLine(output, now);
    this.#now = now;
  }

  show(event: RestartEvent): void {
    this.#underWay.show(event);
    switch (event.type) {
      case 'stage-started':
        this.#total = event.total;
        this.#done = event.finishedBefore;
        this.#doneBefore = event.finishedBefore;
        this.#startMs = this.#now();
        break;
      case 'node-finished':
        this.#done++;
        if (event.status === 'failed') {
          this.#failed++;
          this.#line.line(`FAILED  ${event.hostname} (${event.bmcIp}): ${event.message}`);
        } else this.#line.line(`booted  ${event.hostname} (${event.bmcIp})`);
        break;
      case 'node-left':
        this.#line.line(`left    ${event.hostname} (${event.bmcIp}): ${event.detail}`);
        break;
      case 'stage-stopping':
        this.#line.line(
          event.reason === 'asked'
            ? 'Finishing nodes in progress; no new nodes are started. Press Ctrl-C again to stop immediately.'
            : `Stopping: ${event.detail}.`,
        );
        break;
      case 'node-started':
      case 'node-step':
      case 'node-reset':
      case 'node-drained':
      case 'node-resumed':
        break;
      case 'stage-finished':
        this.#line.clear();
        return;
    }
    this.#line.show(() => this.#bar());
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#line.flush();
  }

  #bar(): string {
    const filled = this.#total === 0 ? barWidth : Math.round((barWidth * this.#done) / this.#total);
    const bar = '#'.repeat(filled) + '-'.repeat(barWidth - filled);
    const failed = this.#failed === 0 ? '' : `, ${String(this.#failed)} failed`;
    return `[${bar}] ${String(this.#done)}/${String(this.#total)}${failed}${this.#speed()}${this.#awaited()}`;
  }

  #awaited(): string {
    const names = this.#underWay.awaited({ total: this.#total, done: this.#done });
    if (names.length === 0) return '';
    const more = names.length - mostNames;
    return `, waiting for ${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
  }

  #speed(): string {
    const elapsedMinutes = (this.#now() - this.#startMs) / 60_000;
    const finished = this.#done - this.#doneBefore;
    if (finished === 0 || elapsedMinutes <= 0) return '';
    const rate = finished / elapsedMinutes;
    const left = Math.ceil(((this.#total - this.#done) / rate) * 60);
    return `, ${rate.toFixed(1)} a minute, about ${durationText(left * 1000)} left`;
  }
}

/** `1 h 05 min`, `3 min 20 s` or `12 s`. */
export function durationText(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (minutes < 60) return `${String(minutes)} min ${two(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${two(minutes % 60)} min`;
}
