import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { Output } from '../io.ts';

const barWidth = 24;
const redrawMs = 100;

/** What a run says to people while it goes on. On a terminal a bar on the last line, with rate and remaining time. */
export class Progress {
  readonly #output: Output;
  readonly #now: () => number;
  #total = 0;
  #done = 0;
  #doneBefore = 0;
  #failed = 0;
  #startMs = 0;
  #drawnMs = 0;
  #hasBar = false;
  #last: Promise<void> = Promise.resolve();

  constructor(output: Output, now: () => number) {
    this.#output = output;
    this.#now = now;
  }

  show(event: RestartEvent): void {
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
          this.#line(`FAILED  ${event.hostname} (${event.bmcIp}): ${event.message}`);
        } else this.#line(`booted  ${event.hostname} (${event.bmcIp})`);
        break;
      case 'node-left':
        this.#line(`left    ${event.hostname} (${event.bmcIp}): ${event.detail}`);
        break;
      case 'stage-stopping':
        this.#line(
          event.reason === 'asked'
            ? 'Stopping: nodes under way are finished, no other is begun. Press Ctrl-C again to stop at once.'
            : `Stopping: ${event.detail}.`,
        );
        break;
      case 'node-started':
      case 'node-step':
        break;
      case 'stage-finished':
        this.#erase();
        return;
    }
    this.#draw();
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    await this.#last;
  }

  #line(text: string): void {
    this.#erase();
    this.#write(`${text}\n`);
    this.#drawnMs = 0;
  }

  #draw(): void {
    if (!this.#output.isTerminal || this.#now() - this.#drawnMs < redrawMs) return;
    this.#drawnMs = this.#now();
    const filled = this.#total === 0 ? barWidth : Math.round((barWidth * this.#done) / this.#total);
    const bar = '#'.repeat(filled) + '-'.repeat(barWidth - filled);
    const failed = this.#failed === 0 ? '' : `, ${String(this.#failed)} failed`;
    this.#write(`\r\u001b[K[${bar}] ${String(this.#done)}/${String(this.#total)}${failed}${this.#speed()}`);
    this.#hasBar = true;
  }

  #speed(): string {
    const elapsedMinutes = (this.#now() - this.#startMs) / 60_000;
    const finished = this.#done - this.#doneBefore;
    if (finished === 0 || elapsedMinutes <= 0) return '';
    const rate = finished / elapsedMinutes;
    const left = Math.ceil(((this.#total - this.#done) / rate) * 60);
    return `, ${rate.toFixed(1)} a minute, about ${durationText(left * 1000)} left`;
  }

  #erase(): void {
    if (this.#hasBar) this.#write('\r\u001b[K');
    this.#hasBar = false;
  }

  #write(text: string): void {
    this.#last = this.#last.then(() => this.#output.write(text)).catch(() => undefined);
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
