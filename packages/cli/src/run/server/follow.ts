import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import type { OimStageEvent, OimStageSummary } from '@omnia-buildstream/oim/events';
import { runOimStage } from '@omnia-buildstream/oim/stage/runOimStage';
import type { Io } from '../../io.ts';
import { eventJson } from '../eventOutput.ts';
import type { OimRunOptions } from './options.ts';
import type { PlannedOimStage } from './plan.ts';
import { durationText } from '../restart/progress.ts';

interface StageOfJob extends PlannedOimStage {
  readonly jobId: string;
  readonly imageGroup: string;
}

/** Orders a stage, unless it is running, and shows its events as they come; resolves when they are written. */
export async function followOimStage(
  client: OimClient,
  { isRunning, plan, jobId, imageGroup }: StageOfJob,
  { isNdjson, settings }: OimRunOptions,
  { io, signal }: { readonly io: Io; readonly signal: AbortSignal },
): Promise<OimStageSummary> {
  let written: Promise<void> = Promise.resolve();
  const emit = (event: OimStageEvent): void => {
    const text = isNdjson ? eventJson(event) : textOf(event);
    if (text !== undefined) written = written.then(() => io.stdout.write(`${text}\n`)).catch(() => undefined);
  };
  const { request, files } = plan;
  const what = { client, jobId, imageGroup, request, mayOrder: !isRunning, files };
  const summary = await runOimStage({ ...what, clock: io.clock, settings, emit, signal });
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
        return `Look at it with "buildstream status" before you run it again.\n${duration}`;
      return event.outcome === 'succeeded' ? `${event.message}\n${duration}` : duration;
    }
  }
}
