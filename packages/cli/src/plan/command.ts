import type { DecidedRestart } from '@omnia-buildstream/core/plan/decideRestart';
import type { OimClient } from '@omnia-buildstream/oim/api/oimClient';
import {
  faultPhrase,
  inventoryCommand,
  inventoryTexts,
  pxebootInventory,
} from '@omnia-buildstream/core/plan/inventory';
import type { Plan, PlannedNode } from '@omnia-buildstream/core/plan/plan';
import { planDocument } from '@omnia-buildstream/core/plan/planDocument';
import type { KnownWork } from '@omnia-buildstream/core/plan/jobs/nodeWork';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { targetsNamed } from '@omnia-buildstream/runner/selection';
import { oneOf, parseArguments } from '../arguments.ts';
import { cannotRun } from '../cannotRun.ts';
import type { CommandMain } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { withOim } from '../oim/access.ts';
import { accessOf, accessOptions } from '../oim/options.ts';
import { backendNamed, type CliBackend } from '../run/backend.ts';
import { planDirectly } from './direct.ts';
import { planHelp } from './help.ts';
import { planOfStateFile } from './inputs.ts';
import { fileOptions, versionOption } from './options.ts';
import { planJson } from './planJson.ts';
import { planText } from './planText.ts';
import { askWork, bootedBy, workJson, workNotes } from './planWork.ts';
import { workloadOptions } from '../workload.ts';
import { isFolder } from './textFile.ts';

const options = {
  ...fileOptions,
  ...workloadOptions,
  ...accessOptions,
  backend: { type: 'string' },
  job: { type: 'string' },
  state: { type: 'string' },
  base: { type: 'string' },
  image: { type: 'string', default: '' },
  format: { type: 'string', default: 'text' },
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArguments<typeof options>>['values'];

/** `buildstream plan`: shows what the restart stage would do; `run restart` with the same backend does it. */
export const plan: CommandMain = async (args, io) => {
  const { values, positionals } = parseArguments(args, options);
  if (values.help) {
    await io.stdout.write(planHelp);
    return exitCodes.ok;
  }
  if (positionals.length > 0)
    throw cannotRun('arguments', 'plan takes options only; name the mapping file with --mapping.');
  const format = values.json ? 'json' : oneOf('--format', values.format, planFormats);
  if (values.only !== undefined && format !== 'inventory')
    throw cannotRun('arguments', '--only is for --format inventory: a plan is of all nodes.');
  const backend = backendNamed(values.backend);
  const decided = await planners[backend](values, io);
  const known = await askWork(values, bootedBy(decided.plan), io);
  await io.stdout.write(writers[format](decided, { only: values.only, known, backend }));
  if (format === 'inventory')
    await io.stderr.write(`${renderMessage(inventoryTexts.howTo, { command: inventoryCommand })}\n`);
  return exitCodes.ok;
};

const baseIsFromHere = '--base is for a plan from here. Leave out --state and --backend oim.';

const planFormats = ['text', 'json', 'markdown', 'inventory'] as const;

interface Shown {
  readonly only: string | undefined;
  /** What runs on the nodes; undefined: nobody was named to ask. */
  readonly known: KnownWork | undefined;
  readonly backend: CliBackend;
}

const writers: Readonly<Record<(typeof planFormats)[number], (decided: DecidedRestart, shown: Shown) => string>> = {
  text: ({ plan: made, basis }, shown) => `${planText(made, basis)}${workLines(made, shown, '! ')}`,
  json: ({ plan: made, basis }, { known }) => {
    const work = known === undefined ? {} : { work: workJson(bootedBy(made), known) };
    return `${JSON.stringify({ ...planJson(made, basis), ...work }, undefined, 2)}\n`;
  },
  markdown: ({ plan: made, basis }, shown) => {
    const work = workLines(made, shown, '- ');
    return `${planDocument(made, basis, renderMessage).toString()}${work === '' ? '' : `\n${work}`}`;
  },
  inventory: ({ plan: made }, { only }) => inventoryOf(made, only),
};

function workLines(made: Plan, { known, backend }: Shown, mark: string): string {
  const notes = known === undefined ? [] : workNotes(made, known, backend);
  return notes.map((note) => `${mark}${plainLine(wordsOf(note))}\n`).join('');
}

/** @throws UserError for a cell that would mean something else there, and when no node is left */
function inventoryOf({ nodes }: Plan, only: string | undefined): string {
  const targets = nodes.filter(isWanted(nodes, only)).map(({ target }) => target);
  if (targets.every(({ bmcIp }) => bmcIp.trim() === '')) throw cannotRun('arguments', `${inventoryTexts.noNode}.`);
  const made = pxebootInventory(targets);
  if ('text' in made) return made.text;
  throw cannotRun('file', `${wordsOf(faultPhrase(made.fault))}.`);
}

/** The failed nodes, the new ones, the named ones, or all that the plan boots. @throws UserError for other names */
function isWanted(nodes: Plan['nodes'], only: string | undefined): (node: PlannedNode) => boolean {
  switch (only) {
    case undefined:
      return ({ action }) => action === 'boot';
    case 'failed':
      return ({ reason }) => reason === 'failed' || reason === 'other-status';
    case 'new':
      return ({ reason }) => reason === 'new';
    default: {
      const targets = nodes.map(({ target }) => target);
      const named = new Set(
        targetsNamed(
          targets,
          only.split(',').filter((name) => name !== ''),
        ),
      );
      return ({ target }) => named.has(target);
    }
  }
}

/** How each backend plans a restart. */
const planners: Readonly<Record<CliBackend, (values: Values, io: Io) => Promise<DecidedRestart>>> = {
  direct: fromHere,
  oim: ofOim,
};

async function fromHere(values: Values, io: Io): Promise<DecidedRestart> {
  const { mapping, failed, image, state, job, base } = values;
  if (base !== undefined && state !== undefined) throw cannotRun('arguments', baseIsFromHere);
  const version = versionOption(values.omnia);
  return state === undefined || (await isFolder(state, io))
    ? planDirectly({ mapping, failed, version, image, job, base, state }, io)
    : planOfStateFile({ mapping, failed, version, image, state }, io);
}

/** As `run restart --backend oim` plans it: the job, its states and the files that are sent decide. */
async function ofOim(values: Values, io: Io): Promise<DecidedRestart> {
  const { mapping, failed, image, job, omnia, base } = values;
  if (base !== undefined) throw cannotRun('arguments', baseIsFromHere);
  if (image === '' && job === undefined) {
    throw cannotRun('arguments', 'Name the image group with --image, or its job with --job.');
  }
  const { planOim } = await import('../run/oim/plan.ts');
  const { signal } = new AbortController();
  const asked = {
    stages: ['restart'],
    mapping,
    failed,
    image,
    job,
    version: versionOption(omnia),
    isPreview: true,
  } as const;
  const work = async (client: OimClient): Promise<DecidedRestart> => {
    const [stage] = (await planOim(client, asked, { io, signal })).stages;
    if (stage?.restart !== undefined) return stage.restart;
    throw cannotRun('file', 'The restart stage cannot be planned from the files here.');
  };
  return withOim(accessOf(values, io), io, { signal, work });
}
