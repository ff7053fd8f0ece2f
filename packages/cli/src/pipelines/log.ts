import { plainText } from '@omnia-buildstream/core/text/foreignText';
import { followJob } from '@omnia-buildstream/gitlab/trace/followJob';
import { TraceLines, type TraceLine } from '@omnia-buildstream/gitlab/trace/lines';
import { phaseOf } from '@omnia-buildstream/gitlab/status/statuses';
import type { Job } from '@omnia-buildstream/gitlab/model/job';
import type { TraceSink } from '@omnia-buildstream/gitlab/trace/follow';
import { cannotRun } from '../cannotRun.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import type { ActionContext } from './context.ts';
import { findJob } from './findJob.ts';
import { treeFor } from './show.ts';

/** `buildstream pipelines log` */
export async function log(context: ActionContext): Promise<ExitCode> {
  const { client, project, options, io, call } = context;
  const name = options.names[1];
  if (name === undefined) throw cannotRun('arguments', 'log needs the number of a pipeline and a job.');
  const job = findJob(await treeFor(context), name);
  if (job.kind === 'bridge') throw cannotRun('arguments', `${job.name} starts a child pipeline and has no log.`);
  const isTerminal = io.stdout.isTerminal && io.env['NO_COLOR'] === undefined;
  const sink = new LineSink(io, isTerminal);
  const target = { projectId: job.projectId ?? project.id, jobId: job.id, sink };
  const ended = options.follow
    ? await followJob(client, target, { clock: io.clock, signal: call.signal })
    : await once(context, job, sink);
  await sink.end();
  const isFailed = phaseOf(ended.status) === 'over' && ended.status !== 'success';
  return options.follow && isFailed ? exitCodes.errorsFound : exitCodes.ok;
}

async function once({ client, project, call }: ActionContext, job: Job, sink: TraceSink): Promise<Job> {
  const { chunks } = await client.jobs.trace(job.projectId ?? project.id, job.id, call);
  for await (const chunk of chunks) await sink.append(chunk);
  return job;
}

/** Writes whole lines, with colors on a terminal only, and nothing else that controls one. */
class LineSink implements TraceSink {
  readonly #io: Io;
  readonly #isColored: boolean;
  #lines = new TraceLines();
  #decoder = new TextDecoder();

  constructor(io: Io, isColored: boolean) {
    this.#io = io;
    this.#isColored = isColored;
  }

  async append(chunk: Uint8Array): Promise<void> {
    const lines = this.#lines.push(this.#decoder.decode(chunk, { stream: true }));
    if (lines.length > 0) await this.#write(lines);
  }

  async clear(): Promise<void> {
    this.#lines = new TraceLines();
    this.#decoder = new TextDecoder();
    await this.#io.stderr.write('The log was replaced; from the start:\n');
  }

  async end(): Promise<void> {
    const last = this.#lines.end();
    if (last.length > 0) await this.#write(last);
  }

  async #write(lines: readonly TraceLine[]): Promise<void> {
    const text = lines.map(textOf).join('');
    await this.#io.stdout.write(this.#isColored ? { as: 'log', text } : withoutColours(text));
  }
}

/** The section markers leave empty lines behind. */
function textOf({ text, sections }: TraceLine): string {
  return plainText(text) === '' && sections.length > 0 ? '' : `${text}\n`;
}

function withoutColours(lines: string): string {
  return lines.split('\n').map(plainText).join('\n');
}
