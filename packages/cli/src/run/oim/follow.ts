import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import type { PreparedOimStage } from '@omnia-buildstream/runner/oim/prepareOimStage';
import type { Io } from '../../io.ts';
import { eventJson } from '../eventOutput.ts';
import type { OimRunOptions } from './options.ts';
import { durationText } from '../restart/progress.ts';
import { inWords } from '../../errorWords.ts';
import { recordedRun, type Told } from '../recorded.ts';

/** Runs a stage, or follows one that is running, and shows its events as they come; resolves when they are written. */
export async function followOimStage(
  prepared: PreparedOimStage,
  { isNdjson }: Pick<OimRunOptions, 'isNdjson'>,
  { io, signal, told }: { readonly io: Io; readonly signal: AbortSignal; readonly told: Told },
): Promise<OimStageSummary> {
  let written: Promise<void> = Promise.resolve();
  const emit = (event: OimStageEvent): void => {
    const text = isNdjson ? eventJson(event) : textOf(event);
    if (text !== undefined) written = written.then(() => io.stdout.write(`${text}\n`)).catch(() => undefined);
  };
  const run = { emit, stop: signal, stopAtOnce: signal };
  const summary = await recordedRun(prepared, run, told, io).catch((error: unknown) => {
    throw inWords(error);
  });
  await written;
  return summary;
}

function textOf(event: OimStageEvent): string | undefined {
  switch (event.type) {
    case 'stage-started':
      return undefined;
    case 'stage-note':
      return `${event.at.slice(11, 19)}  ${event.level === 'info' ? '' : `${event.level}: `}${event.text}`;
    case 'stage-finished': {
      const duration = `Ended after ${durationText(event.durationMs)}.`;
      if (event.outcome === 'unknown')
        return `Check it with "buildstream status" before you run it again.\n${duration}`;
      return event.outcome === 'succeeded' ? `${event.message}\n${duration}` : duration;
    }
  }
}
