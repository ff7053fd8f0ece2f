import { adviceFor } from '@omnia-buildstream/core/failedNodes/advice';
import { stringOf, type FailedEntry, type FailedNodesDocument } from '@omnia-buildstream/core/failedNodes/document';
import { factsOf, messageOf } from '@omnia-buildstream/core/failedNodes/entryText';
import type { FailedNodesScope } from '@omnia-buildstream/core/failedNodes/rule';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { parseArguments } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { isForPrograms, outputOptions } from '../optionValues.ts';
import { usualMapping } from '../plan/options.ts';
import { formatTable } from '../table.ts';
import { findingLine, findingsOf, readScope } from './file.ts';
import { failedHelp } from './help.ts';
import { mark } from './mark.ts';
import { merge } from './merge.ts';
import { selectionOf } from './selection.ts';

const options = {
  failed: { type: 'string' },
  mapping: { type: 'string' },
  all: { type: 'boolean', default: false },
  cause: { type: 'string' },
  as: { type: 'string', default: 'success' },
  out: { type: 'string' },
  yes: { type: 'boolean', default: false },
  ...outputOptions,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `buildstream failed`: lists, checks and marks the nodes of failed_nodes.json, and merges those of shards. */
export const failed: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  const [action, ...names] = positionals;
  if (values.help) {
    await io.stdout.write(failedHelp);
    return exitCodes.ok;
  }
  const file = values.failed ?? 'miscellaneous/failed_nodes.json';
  if (action === 'mark') {
    const status = values.as;
    if (status !== 'success' && status !== 'failed') {
      throw cannotRun('arguments', `--as cannot be "${status}": use success or failed.`);
    }
    const mapping = await mappingFile(values.mapping, io);
    return mark({ file, mapping }, selectionOf(names, values.all, values.cause), status, values.yes, io);
  }
  if (action === 'merge') return merge(names, values.out, values.yes, io);
  if (action !== 'list' && action !== 'check') {
    throw cannotRun(
      'arguments',
      `Say what to do: list, check, mark or merge${action === undefined ? '' : `, not "${action}"`}.`,
    );
  }
  const asJson = isForPrograms(values, 'json');
  const scope = await readScope(file, await mappingFile(values.mapping, io), io);
  return action === 'list' ? list(file, scope, asJson, io) : check(file, scope, asJson, io);
};

/** The mapping file to compare with; undefined when none was named and none is where Omnia keeps it. */
async function mappingFile(given: string | undefined, io: Io): Promise<string | undefined> {
  return given ?? usualMapping(io);
}

async function list(file: string, { document }: FailedNodesScope, asJson: boolean, io: Io): Promise<ExitCode> {
  const nodes = document.entries.map(nodeOf);
  const notice = readInPart(file, document);
  if (notice !== undefined) await io.stderr.write(notice);
  if (asJson) await io.stdout.write(`${JSON.stringify({ nodes }, undefined, 2)}\n`);
  else if (nodes.length === 0) await io.stdout.write(notice === undefined ? 'No node failed.\n' : '');
  else {
    const lines = nodes.map(({ hostname, bmcIp, status, cause, message }) => [hostname, bmcIp, status, cause, message]);
    await io.stdout.write(`${formatTable(['NODE', 'BMC_IP', 'STATUS', 'CAUSE', 'MESSAGE'], lines)}\n`);
    const causes = new Set(nodes.filter(({ status }) => status !== 'success').map(({ cause }) => cause));
    const advices = nodes.filter(({ cause }) => causes.delete(cause)).map(({ cause, advice }) => `${cause}: ${advice}`);
    if (advices.length > 0) await io.stdout.write(`\n${advices.join('\n')}\n`);
  }
  return notice === undefined ? exitCodes.ok : exitCodes.errorsFound;
}

/** What to say if only a part of the file can be listed; undefined if all of it was read. */
function readInPart(file: string, { conflicts: [conflict], faults }: FailedNodesDocument): string | undefined {
  const check = `"buildstream failed check --failed ${file}" shows all problems.`;
  if (conflict !== undefined) {
    const line = String(conflict.first + 1);
    return `${file}: a merge left a conflict in line ${line}. Of each conflict only the upper side is listed. ${check}\n`;
  }
  if (faults.length === 0) return undefined;
  return `${file} is not valid JSON, so nodes may be missing from this list. ${check}\n`;
}

function nodeOf(entry: FailedEntry) {
  const { fields } = entry;
  const { cause, advice } = adviceFor(factsOf(entry));
  return {
    hostname: stringOf(fields, 'hostname') ?? '',
    bmcIp: stringOf(fields, 'bmc_ip') ?? '',
    serviceTag: stringOf(fields, 'service_tag') ?? '',
    status: stringOf(fields, 'status') ?? '',
    cause,
    message: messageOf(entry),
    advice: say(advice),
  };
}

async function check(file: string, scope: FailedNodesScope, asJson: boolean, io: Io): Promise<ExitCode> {
  const findings = findingsOf(scope);
  if (asJson) {
    const plain = findings.map(({ rule, range, message, params }) => ({
      code: rule.code,
      severity: rule.level,
      line: range.start.line + 1,
      column: range.start.character + 1,
      endLine: range.end.line + 1,
      endColumn: range.end.character + 1,
      message: say(message, params),
    }));
    await io.stdout.write(`${JSON.stringify({ files: [{ path: file, findings: plain }] }, undefined, 2)}\n`);
  } else {
    await io.stdout.write(findings.map((finding) => `${findingLine(file, finding, say)}\n`).join(''));
    if (findings.length === 0) await io.stderr.write(`${file}: no problem found\n`);
  }
  return findings.some(({ rule }) => rule.level === 'error') ? exitCodes.errorsFound : exitCodes.ok;
}
