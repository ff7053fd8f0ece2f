import { rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { run } from '@omnia-buildstream/cli/buildstream';
import type { FileSystem, Io, Output, Signal } from '@omnia-buildstream/cli/io';
import { git } from '@omnia-buildstream/cli/nodeIo';
import { shownText } from '@omnia-buildstream/cli/shown';
import { runProgram } from '@omnia-buildstream/engine/processes/runProgram';
import { runSsh } from '@omnia-buildstream/engine/validate/probes/runSsh';
import { thisMachine } from '@omnia-buildstream/runner/machine';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which they were written. */
  readonly output: string;
}

/** What surrounds a command. Default: an empty environment, no terminal, and the machine's clock. */
export interface World {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  /** The answer to every question, or one answer per question. Without it there is no terminal to ask at. */
  readonly answer?: string | readonly string[];
  /** What a person types at a prompt that does not echo. */
  readonly secret?: string;
  readonly fs?: Partial<FileSystem>;
  readonly clock?: Io['clock'];
  readonly random?: Io['random'];
  readonly processes?: Io['processes'];
  readonly ssh?: Io['ssh'];
  /** Where runs are registered; by default a separate folder for each command. */
  readonly runsFolder?: string;
  readonly kubectl?: Io['kubectl'];
  /** The standard streams as bytes. */
  readonly streams?: Io['streams'];
  readonly changesAllowed?: Io['changesAllowed'];
  /** Replaces the installed git. */
  readonly git?: Io['git'];
}

/** A running command. */
export interface Running {
  readonly ended: Promise<Ran>;
  /** Resolves as soon as this is written to either output; rejects if the command ends without it. */
  shows(text: string): Promise<void>;
  /** Like `shows`, for a condition on everything written so far. */
  showsWhat(isIt: (output: string) => boolean): Promise<void>;
  /** Sends Ctrl-C or a termination signal. Throws if nothing listens: the signal would end a real process. */
  send(signal: Signal): void;
}

/** Runs `buildstream` as a function, at a simulated terminal. */
export function runCli(args: readonly string[], world: World = {}): Promise<Ran> {
  return startCli(args, world).ended;
}

/** Like `runCli`, for tests that act while the command runs. */
export function startCli(args: readonly string[], world: World = {}): Running {
  const terminal = new FakeTerminal(world);
  const ended = run(args, ioOf(world, terminal)).then((code) => {
    terminal.end();
    return { code, stdout: terminal.text('stdout'), stderr: terminal.text('stderr'), output: terminal.text() };
  });
  return {
    ended,
    shows: (text) => terminal.shows((output) => output.includes(text)),
    showsWhat: (isIt) => terminal.shows(isIt),
    send: (signal) => {
      terminal.send(signal);
    },
  };
}

const runsOfTests = path.join(os.tmpdir(), `buildstream-runs-${String(process.pid)}`);
let commands = 0;

function removeRuns(): void {
  rmSync(runsOfTests, { recursive: true, force: true });
}

/** A separate folder, so that the commands of one test do not block those of another. */
function ownRuns(): string {
  if (commands++ === 0) process.once('exit', removeRuns);
  return path.join(runsOfTests, String(commands));
}

function ioOf(world: World, terminal: FakeTerminal): Io {
  const { stdin = '', env = {}, cwd = process.cwd(), clock, random, processes, ssh = runSsh } = world;
  return {
    ...thisMachine,
    git: world.git ?? git,
    ssh,
    kubectl: world.kubectl ?? runProgram('kubectl'),
    ...(clock === undefined ? {} : { clock }),
    ...(random === undefined ? {} : { random }),
    ...(processes === undefined ? {} : { processes }),
    runsFolder: () => world.runsFolder ?? ownRuns(),
    stdin: () => Promise.resolve(typeof stdin === 'string' ? Buffer.from(stdin) : stdin),
    streams:
      world.streams ??
      (() => {
        throw new Error('Only a process has streams of bytes.');
      }),
    ask: (question) => terminal.ask(question),
    askSecret: (question) => terminal.askSecret(question),
    stdout: terminal.output('stdout'),
    stderr: terminal.output('stderr'),
    env,
    fs: { ...fs, ...world.fs },
    cwd,
    onSignal: (names, listener) => terminal.onSignal(names, listener),
    onInputEnd: () => () => undefined,
    runtime: { node: process.version, platform: process.platform, arch: process.arch },
    uid: process.getuid?.(),
    changesAllowed: world.changesAllowed ?? (() => Promise.resolve(false)),
  };
}

type Stream = 'stdout' | 'stderr';

interface Listening {
  readonly names: readonly Signal[];
  readonly listener: (signal: Signal) => void;
}

/** A terminal or two pipes, and the person in front of it. */
class FakeTerminal {
  readonly #world: World;
  readonly #answers: string[];
  readonly #pieces: { readonly stream: Stream; readonly text: string }[] = [];
  readonly #listeners = new Set<Listening>();
  #watchers: (() => boolean)[] = [];
  #isEnded = false;

  constructor(world: World) {
    this.#world = world;
    this.#answers = Array.isArray(world.answer) ? [...(world.answer as readonly string[])] : [];
  }

  output(stream: Stream): Output {
    return {
      isTerminal: this.#world.isTerminal ?? false,
      isClosed: false,
      write: (shown) => {
        this.#pieces.push({ stream, text: shownText(shown, this.#world.isTerminal ?? false) });
        this.#look();
        return Promise.resolve();
      },
    };
  }

  /** The text of one output, or of both. */
  text(of?: Stream): string {
    return this.#pieces.flatMap(({ stream, text }) => (of === undefined || stream === of ? [text] : [])).join('');
  }

  async ask(question: string): Promise<string | undefined> {
    const { answer } = this.#world;
    const given = typeof answer === 'string' ? answer : this.#answers.shift();
    if (given !== undefined) await this.output('stderr').write(question);
    return given;
  }

  async askSecret(question: string): Promise<string | undefined> {
    if (this.#world.secret !== undefined) await this.output('stderr').write(question);
    return this.#world.secret;
  }

  shows(isIt: (output: string) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#watchers.push(() => {
        const isShown = isIt(this.text());
        if (isShown) resolve();
        else if (this.#isEnded) reject(new Error(`It ended without what was waited for:\n${this.text()}`));
        return isShown || this.#isEnded;
      });
      this.#look();
    });
  }

  onSignal(names: readonly Signal[], listener: (signal: Signal) => void): () => void {
    const listening = { names, listener };
    this.#listeners.add(listening);
    return () => this.#listeners.delete(listening);
  }

  send(signal: Signal): void {
    const told = [...this.#listeners].filter(({ names }) => names.includes(signal));
    if (told.length === 0) throw new Error(`Nobody listens: a process would end of ${signal}.`);
    for (const { listener } of told) listener(signal);
  }

  end(): void {
    this.#isEnded = true;
    this.#look();
  }

  #look(): void {
    this.#watchers = this.#watchers.filter((isDone) => !isDone());
  }
}
