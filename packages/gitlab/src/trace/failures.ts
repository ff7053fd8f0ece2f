/** A line of a log that tells of something that went wrong. */
export interface LogFailure {
  /** Index of the line, from 0. */
  readonly line: number;
  /** The line itself, blanks trimmed. */
  readonly text: string;
  /** The Ansible task it belongs to. */
  readonly task: string | undefined;
  /** The host that Ansible names. */
  readonly host: string | undefined;
}

// Ansible's default callback: `fatal: [host]: FAILED! => …`, `failed: [host] (item=…) => …`, `fatal: [host -> other]`.
const ansibleFailure = /^\s*(?:fatal|failed): \[([^\]\s]+)(?:\s[^\]]*)?\]/;
const errorWord = /(?:^|[^\w.-])(?:ERROR|FATAL|CRITICAL)(?:$|[^\w.=-])/;
const taskHeader = /^(?:TASK|RUNNING HANDLER) \[(.*)\] \**$/;
const playHeader = /^PLAY(?: RECAP)?\b/;
const ignored = /^\s*\.\.\.ignoring\s*$/;
// GitLab's runner repeats each command before it runs it; what a command would print in the case of an error is none.
/** Most lines have none of these, and looking for them is cheap. */
const hints = ['ERROR', 'FATAL', 'CRITICAL', 'fatal: [', 'failed: [', 'TASK [', 'HANDLER [', 'PLAY', '...ignoring'];
const commandMark = '$ ';

/**
 * The failures of a log in their order: failed Ansible tasks that are not ignored, and lines with `ERROR`.
 * @param lines text without colours
 */
export function failuresOf(lines: readonly string[]): LogFailure[] {
  const found: LogFailure[] = [];
  let task: { readonly name: string; readonly line: number } | undefined;
  lines.forEach((text, line) => {
    if (!hints.some((hint) => text.includes(hint))) return;
    const header = taskHeader.exec(text);
    if (header !== null) task = { name: header[1] ?? '', line };
    else if (playHeader.test(text)) task = undefined;
    else if (ignored.test(text)) {
      const last = found.at(-1);
      if (last?.host !== undefined && last.line > (task?.line ?? -1)) found.pop();
    } else if (isFailure(text)) {
      found.push({ line, text: text.trim(), task: task?.name, host: ansibleFailure.exec(text)?.[1] });
    }
  });
  return found;
}

function isFailure(text: string): boolean {
  return ansibleFailure.test(text) || (errorWord.test(text) && !text.startsWith(commandMark));
}
