import path from 'node:path';
import { labConnectionFile, readLabConnection, type LabConnection } from '@omnia-buildstream/core/lab/connection';
import { withDeadline } from '@omnia-buildstream/engine/time/deadline';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import type { LabNodeView } from '@omnia-buildstream/lab/control/controlServer';
import { parseArguments } from '../arguments.ts';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { formatTable } from '../table.ts';

const options = {
  folder: { type: 'string', default: 'lab' },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const handsHelp = `Usage: buildstream lab nodes [--folder FOLDER]
       buildstream lab repair NODE... [--folder FOLDER]
       buildstream lab boot NODE... [--folder FOLDER] [--yes]

In a cluster that "lab cluster" plays: nodes lists its nodes, repair mends what is broken in a node's BMC, and boot boots a
node as somebody in front of it would.

Options:
  --folder FOLDER  that of the lab; default: lab
  --yes            boot: do not ask
  --help, -h       this text
`;

/** What can be done by hand in the lab's machine room. */
export const handActions = ['nodes', 'repair', 'boot'] as const;
export type HandAction = (typeof handActions)[number];

const requestTimeoutMs = 10_000;

/** `buildstream lab nodes`, `buildstream lab repair NODE…`, `buildstream lab boot NODE…`. */
export async function hands(action: HandAction, args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals: names } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(handsHelp);
    return exitCodes.ok;
  }
  const { control } = await connectionOf(values.folder, io);
  const nodes = (await ask(control, 'GET', '/nodes')) as readonly LabNodeView[];
  if (action === 'nodes') {
    await io.stdout.write(`${tableOf(nodes)}\n`);
    return exitCodes.ok;
  }
  if (names.length === 0) throw cannotRun('arguments', `Name the nodes: buildstream lab ${action} NODE…`);
  const chosen = names.map((name) => named(nodes, name));
  const list = chosen.map(({ hostname }) => hostname).join(', ');
  if (action === 'boot' && !(await confirm(`Boot ${list} of the lab by hand?`, values.yes, io))) {
    throw cannotRun('arguments', 'Nothing was touched.');
  }
  for (const { bmcIp } of chosen) await ask(control, 'POST', `/nodes/${bmcIp}/${action}`);
  await io.stdout.write(action === 'boot' ? `Booted by hand: ${list}\n` : `Repaired: ${list}\n`);
  return exitCodes.ok;
}

async function connectionOf(folder: string, io: Io): Promise<LabConnection> {
  const file = path.join(folder, labConnectionFile);
  let text: string;
  try {
    text = Buffer.from(await io.fs.readFile(path.resolve(io.cwd, file))).toString('utf8');
  } catch (error) {
    const advice = 'Start a lab with "buildstream lab cluster", or name its folder with --folder.';
    throw cannotRun('file', `${file} cannot be read: ${causeOf(error)}. ${advice}`);
  }
  const { value, problem } = readLabConnection(text);
  if (value === undefined)
    throw cannotRun('file', `${file} is not what a lab writes (${problem.replaceAll('-', ' ')}).`);
  return value;
}

async function ask({ url, token }: LabConnection['control'], method: string, place: string): Promise<unknown> {
  let answer: Response;
  try {
    const headers = { authorization: `Bearer ${token}` };
    const never = new AbortController().signal;
    answer = await withDeadline(systemClock, requestTimeoutMs, never, (signal) =>
      fetch(`${url}${place}`, { method, headers, signal }),
    );
  } catch {
    throw cannotRun('arguments', `The lab is not responding at ${url}. It may have ended; start it again.`);
  }
  if (!answer.ok) throw cannotRun('arguments', `The lab refused it (${String(answer.status)}).`);
  return answer.json();
}

function named(nodes: readonly LabNodeView[], name: string): LabNodeView {
  const found = nodes.find(({ hostname, bmcIp, adminIp }) => [hostname, bmcIp, adminIp].includes(name));
  if (found === undefined) throw cannotRun('arguments', `The lab has no node ${name}. See: buildstream lab nodes`);
  return found;
}

function tableOf(nodes: readonly LabNodeView[]): string {
  const rows = nodes.map(({ hostname, bmcIp, isRunning, image = '', isFaulty, resets }) => {
    return [hostname, bmcIp, isRunning ? 'running' : 'off', image, isFaulty ? 'broken' : '', String(resets)];
  });
  return formatTable(['NODE', 'BMC_IP', 'STATE', 'IMAGE', 'FAULT', 'RESETS'], rows);
}
