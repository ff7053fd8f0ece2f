import { ansibleFailureIn, isIgnoring, recapIn, taskHeaderIn } from './ansible.ts';

/** A line of a log that reports a failure. */
export interface LogFailure {
  /** Index of the line, from 0. */
  readonly line: number;
  /** The line itself, trimmed. */
  readonly text: string;
  /** The Ansible task it belongs to. */
  readonly task: string | undefined;
  /** The host that Ansible names. */
  readonly host: string | undefined;
}

interface Task {
  readonly name: string;
  readonly line: number;
}

/** With the line of its task's header, because a playbook may have two tasks with the same name. */
interface Found extends LogFailure {
  readonly taskLine: number;
}

const errorWord = /(?:^|[^\w.-])(?:ERROR|FATAL|CRITICAL)(?:$|[^\w.=-])/;
const playHeader = /^PLAY(?: RECAP)?\b/;
/** ansible-core 2.19 explains a failed task before it names the host. */
const errorBlock = /^\s*\[ERROR\]: /;
/** A request of a job script that is sent again; if repeating it does not help either, the last one is the cause. */
const retriedRequest = /^\s*ERROR: Request time(?:d )?out\b/i;
/** The runner's last line, which says that there was a cause, but not which one. */
const runnersEnd = /^\s*ERROR: Job failed\b/;
// GitLab's runner prints each command before running it; what it would print in case of an error is not a failure.
const commandMark = '$ ';
/** Most lines contain none of these, and checking for them is cheap. */
const hints = ['ERROR', 'FATAL', 'CRITICAL', 'fatal: [', 'failed: [', 'TASK [', 'HANDLER [', 'PLAY', '...ignoring'];
const recapHint = 'unreachable=';

/**
 * The failures of a log in order: Ansible tasks that failed and were neither ignored nor rescued, and lines with
 * `ERROR`. Left out are the explanation that ansible-core 2.19 prints before the failure it belongs to, and requests
 * that were tried again before something else failed.
 * @param lines text without colors
 */
export function failuresOf(lines: readonly string[]): LogFailure[] {
  const reader = new FailureReader();
  lines.forEach((text, line) => {
    if (text.includes(recapHint) || hints.some((hint) => text.includes(hint))) reader.read(text, line);
  });
  return withoutRetried(reader.found).map(({ line, text, task, host }) => ({ line, text, task, host }));
}

class FailureReader {
  found: Found[] = [];
  #task: Task | undefined;
  /** Index in `found` where the explanation of a failure begins whose host has not been named yet. */
  #explained: number | undefined;
  /** Index in `found` where the failures of the running playbook begin. */
  #playbook = 0;
  #inRecap = false;

  read(text: string, line: number): void {
    const header = taskHeaderIn(text);
    if (header !== undefined) this.#enter({ name: header, line });
    else if (playHeader.test(text)) this.#enter(undefined, text.includes('RECAP'));
    else if (isIgnoring(text)) this.#ignore();
    else if (this.#inRecap && text.includes(recapHint)) this.#judge(text);
    else this.#add(text, line);
  }

  #enter(task: Task | undefined, inRecap = false): void {
    // The previous playbook ended with its recap.
    if (this.#inRecap && !inRecap) this.#playbook = this.found.length;
    this.#inRecap = inRecap;
    this.#task = task;
    this.#explained = undefined;
  }

  #add(text: string, line: number): void {
    const host = ansibleFailureIn(text)?.host;
    if (host === undefined && (!errorWord.test(text) || text.startsWith(commandMark))) return;
    if (host !== undefined && this.#explained !== undefined) this.found.length = this.#explained;
    if (host !== undefined) this.#explained = undefined;
    else if (errorBlock.test(text)) this.#explained ??= this.found.length;
    const taskLine = this.#task?.line ?? -1;
    this.found.push({ line, text: text.trim(), task: this.#task?.name, host, taskLine });
  }

  /** Ansible ignores a task for a host, including all items of the task. */
  #ignore(): void {
    const taskLine = this.#task?.line ?? -1;
    const last = this.found.findLast((one) => one.host !== undefined && one.taskLine === taskLine);
    if (last === undefined) return;
    this.found = this.found.filter(
      (one, index) => index < this.#playbook || one.taskLine !== taskLine || one.host !== last.host,
    );
  }

  /**
   * The recap counts the tasks that failed for a host and were neither ignored nor rescued. After such a failure the
   * host runs no more tasks, so these are the last ones.
   */
  #judge(text: string): void {
    const recap = recapIn(text);
    if (recap === undefined) return;
    const ofHost = this.found.filter(({ host }, index) => index >= this.#playbook && host === recap.host);
    const tasks = [...new Set(ofHost.map(({ taskLine }) => taskLine))];
    const taken = new Set(tasks.slice(0, Math.max(0, tasks.length - recap.failures)));
    this.found = this.found.filter((one) => !ofHost.includes(one) || !taken.has(one.taskLine));
  }
}

function withoutRetried(found: readonly Found[]): readonly Found[] {
  const cause = found.findLast(({ text }) => !runnersEnd.test(text));
  return found.filter((one) => one === cause || !retriedRequest.test(one.text));
}
