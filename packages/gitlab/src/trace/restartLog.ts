import { ansibleFailureIn, ansibleTaskIn, isIgnoring, messageIn, progressIn, recapIn } from './ansible.ts';

/** What the log of a restart has said about one node so far. */
export interface ToldNode {
  /** As in the log: a hostname, a BMC address, or an admin address. */
  readonly name: string;
  /** `awaited`: only the node's own report is missing. */
  readonly phase: 'running' | 'awaited' | 'booted' | 'failed';
  /** In the words of the log: the current task, or the reason of the failure. May be empty. */
  readonly said: string;
  /** When the log said so, by the runner's clock, in milliseconds since 1970. Undefined if lines have no timestamps. */
  readonly atMs: number | undefined;
  /** Later reports have greater numbers. */
  readonly order: number;
}

/** The state of the stage, as Omnia's job scripts query it from the BuildStreaM API: nothing about single nodes. */
export interface ToldStage {
  /** The API's word, such as `IN_PROGRESS`. */
  readonly state: string;
  /** The number of this query, and the maximum before the job gives up. */
  readonly look: number;
  readonly most: number;
}

/** Called for each step and for the end of a node, in the order of the log. */
export type NodeListener = (node: ToldNode) => void;

/** More names than any fleet has, because a log may contain anything. */
const mostNames = 20_000;

const poll = /^\s{0,8}\[Poll (\d{1,6})\/(\d{1,6})\] Job: \S{1,40} \| Restart: (\S{1,40})/;
/** The playbook of 2.2 waits for every node's cloud-init to phone home, and lists all nodes with each check. */
const phoneHome = /(Still waiting for phone-home|Phone-home confirmed): ([\w.:-]{1,255})/;
const failedList = /\[FAILED\] ([\w.:-]{1,255})/g;
/** The summary job of some versions lists what the API reports about nodes below this title. */
const resultsTitle = 'Node Restart Results:';
const result = /^\s{2,8}([\w.:-]{1,255})\s{1,40}(OK|FAILED)(?:\s{1,40}(\S.{0,500}))?$/;

/**
 * Reads the log of a restart line by line. Omnia's jobs report the state of the stage and nothing about single nodes
 * (omnia.md section 8). If a job shows the output of the playbook, or a summary lists the outcome of nodes, those are
 * reported. Names that are not nodes are reported as well, because only code that knows the nodes can tell them apart.
 */
export class RestartLog {
  readonly #nodes = new Map<string, ToldNode>();
  readonly #onNode: NodeListener;
  #stage: ToldStage | undefined;
  #task = '';
  #atMs: number | undefined;
  /** The last failure of the running task: Ansible says below a failure that it is ignored. */
  #lastFailed: string | undefined;
  #inResults = false;
  #told = 0;

  constructor(onNode: NodeListener = () => undefined) {
    this.#onNode = onNode;
  }

  get nodes(): ReadonlyMap<string, ToldNode> {
    return this.#nodes;
  }

  /** Undefined if the log contains no status query by the job. */
  get stage(): ToldStage | undefined {
    return this.#stage;
  }

  /** @param line without colors */
  read(line: string, atMs?: number): void {
    this.#atMs = atMs;
    const [, look, most, state] = poll.exec(line) ?? [];
    if (state !== undefined) this.#stage = { state, look: Number(look), most: Number(most) };
    else this.#readPlaybook(line);
  }

  #readPlaybook(line: string): void {
    if (line.includes(resultsTitle)) this.#inResults = true;
    const task = ansibleTaskIn(line);
    if (task !== undefined) {
      this.#task = task;
      this.#lastFailed = undefined;
      return;
    }
    if (isIgnoring(line)) this.#ignore();
    else if (!this.#readFailure(line)) this.#readProgress(line);
  }

  /** @returns whether the line reports a failure */
  #readFailure(line: string): boolean {
    const failure = ansibleFailureIn(line);
    if (failure !== undefined) {
      const name = failure.item ?? failure.host;
      this.#tell(name, 'failed', messageIn(line) ?? this.#task);
      this.#lastFailed = name;
      return true;
    }
    const listed = [...line.matchAll(failedList)];
    for (const [, name = ''] of listed) this.#tell(name, 'failed', this.#nodes.get(name)?.said ?? '');
    return listed.length > 0;
  }

  #readProgress(line: string): void {
    const recap = recapIn(line);
    if (recap !== undefined) {
      this.#judge(recap);
      return;
    }
    const [, report, awaited] = phoneHome.exec(line) ?? [];
    if (awaited !== undefined) {
      this.#tell(awaited, report === 'Phone-home confirmed' ? 'booted' : 'awaited', '');
      return;
    }
    const [, listed, outcome, detail = ''] = (this.#inResults ? result.exec(line) : undefined) ?? [];
    if (listed !== undefined) {
      this.#tell(listed, outcome === 'OK' ? 'booted' : 'failed', outcome === 'OK' ? '' : detail);
      return;
    }
    const progress = progressIn(line);
    if (progress !== undefined) this.#tell(progress.item ?? progress.host, 'running', this.#task);
  }

  /** The host continues with the next task. */
  #ignore(): void {
    const name = this.#lastFailed;
    if (name !== undefined) this.#tell(name, 'running', this.#task);
  }

  /** The recap counts failures that were neither ignored nor rescued. A count of 0 does not mean a boot. */
  #judge({ host, failures }: { readonly host: string; readonly failures: number }): void {
    const before = this.#nodes.get(host);
    if (before === undefined) return;
    if (failures > 0 && before.phase !== 'failed') this.#tell(host, 'failed', before.said);
    if (failures === 0 && before.phase === 'failed') this.#tell(host, 'running', before.said);
  }

  #tell(name: string, phase: ToldNode['phase'], said: string): void {
    const before = this.#nodes.get(name);
    if (before === undefined && this.#nodes.size >= mostNames) return;
    if (before?.phase === phase && before.said === said) return;
    this.#told += 1;
    const node = { name, phase, said, atMs: this.#atMs, order: this.#told };
    this.#nodes.set(name, node);
    this.#onNode(node);
  }
}
