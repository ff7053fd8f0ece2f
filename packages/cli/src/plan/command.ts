import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { planRestart, type Plan, type PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { reasonCounts, type PlanBasis } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { parseArguments } from '../arguments.ts';
import { CannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { formatTable } from '../table.ts';
import { detect } from '../validate/detect.ts';
import { planHelp } from './help.ts';
import { readPlanSources, textOf } from './inputs.ts';
import { fileOptions, planFiles, versionOption } from './options.ts';
import { planJson } from './planJson.ts';

const options = {
  ...fileOptions,
  state: { type: 'string' },
  image: { type: 'string', default: '' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `buildstream plan`: shows what the restart stage would do. */
export const plan: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(planHelp);
    return exitCodes.ok;
  }
  if (positionals.length > 0)
    throw new CannotRun('arguments', 'plan takes options only; name the mapping file with --mapping.');
  const files = { ...(await planFiles(values, io)), state: values.state };
  const document = new CsvDocument(await textOf(files.mapping, io));
  const version = versionOption(values.omnia) ?? detect(files.mapping, document, io.cwd);
  const { rows, failedNodes, restartState, basis } = await readPlanSources(files, version, io);
  const made = planRestart({
    rows,
    failedNodes: failedNodes ?? noFailedNodes,
    restartState,
    imageGroup: values.image,
    version,
  });
  await io.stdout.write(
    values.json ? `${JSON.stringify(planJson(made, basis), undefined, 2)}\n` : planText(made, basis),
  );
  return exitCodes.ok;
};

/** The plan for a terminal: what is booted, what is left alone, what to note. */
export function planText(made: Plan, basis: PlanBasis): string {
  const boot = made.nodes.filter(({ action }) => action === 'boot');
  const leave = made.nodes.filter(({ action }) => action === 'leave');
  const total = made.nodes.filter(({ reason }) => reason !== 'not-in-mapping').length;
  const notices = made.notices.map(({ kind, ...params }) => `! ${plainLine(say(noticeTexts[kind], params))}`);
  if (basis === 'assumed') notices.push(`! ${planTexts.assumed}`);
  if (basis === 'nothing-booted') notices.push(`! ${planTexts.assumedNothing}`);
  const blocks = [
    boot.length === 0 ? planTexts.nothing : say(planTexts.count, { count: boot.length, total }),
    ...notices,
    ...table(planTexts.boot, boot),
    ...table(planTexts.leave, leave),
  ];
  return `${blocks.join('\n')}\n`;
}

function table(title: string, nodes: readonly PlannedNode[]): string[] {
  if (nodes.length === 0) return [];
  const head = ['NODE', 'ROLE', 'BMC_IP', 'WHY'];
  const lines = nodes.map(({ target, reason }) => [
    target.hostname,
    target.functionalGroup,
    target.bmcIp,
    say(reasonTexts[reason]),
  ]);
  return ['', `${title}: ${reasonCounts(nodes, say)}`, formatTable(head, lines)];
}
