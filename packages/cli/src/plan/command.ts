import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { noFailedNodes } from '@omnia-buildstream/core/failedNodes/read';
import { planRestart, type Plan, type PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { reasonCounts, type PlanBasis } from '@omnia-buildstream/core/plan/planDocument';
import { noticeTexts, planTexts, reasonTexts } from '@omnia-buildstream/core/plan/planTexts';
import { renderMessage as say } from '@omnia-buildstream/core/text/message';
import { parseArguments } from '../arguments.ts';
import { CannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../commands.ts';
import { exitCodes } from '../io.ts';
import { formatTable } from '../table.ts';
import { detect } from '../validate/detect.ts';
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

const help = `Usage: buildstream plan [OPTIONS]

Tells which nodes the restart stage would PXE-boot, and why. Nothing is changed.

Options:
  --mapping FILE   the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --failed FILE    failed_nodes.json; default: miscellaneous/failed_nodes.json; may be missing
  --state FILE     restart_state.json; default: assumed from failed_nodes.json and the committed mapping file
  --image GROUP    the image group to deploy; only another one than in the state matters
  --omnia VERSION  2.1, 2.2, 2.3, 2.3os or next; default: detected
  --json           for programs
  --help, -h       this text

Exit codes: 0 fine, 2 could not run.
`;

/** `buildstream plan`: shows what the restart stage would do. */
export const plan: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(help);
    return exitCodes.ok;
  }
  if (positionals.length > 0)
    throw new CannotRun('arguments', 'plan takes options only; name the mapping file with --mapping.');
  const files = { ...planFiles(values, io), state: values.state };
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
  const notices = made.notices.map(({ kind, ...params }) => `! ${say(noticeTexts[kind], params)}`);
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
