import type { Answer } from '@omnia-buildstream/core/history/historyRecord';
import { bmcNetworks, leftLines, touchedLines } from '@omnia-buildstream/core/stage/touchedNodes';
import { fits } from '@omnia-buildstream/core/text/fitting';
import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { askerLines, type Asker } from '../../decision/asker.ts';
import { decide, type Look } from '../../decision/decide.ts';
import { planLook, type ShowPage } from '../../decision/planLook.ts';
import type { OfferedStage, StageWay } from '../stageDefinition.ts';
import { say } from '../../platform/say.ts';

type Offered = Pick<OfferedStage, 'question' | 'others' | 'first' | 'where' | 'standing'> & {
  readonly plan: Pick<OfferedStage['plan'], 'nodes' | 'restart' | 'asks'>;
} & StageWay;

/** The way that the user chose, and all questions with their answers. */
interface Agreed {
  readonly way: StageWay;
  readonly answers: readonly Answer[];
}

/**
 * Asks for confirmation before anything is changed, and shows what will be. Asks again each time the user runs a check
 * first. For a language model it also asks if nothing is changed. Resolves to the way that the user chose, undefined if
 * they decline.
 */
export async function confirmStage(
  offered: Offered,
  showPage: ShowPage,
  asker: Asker = 'person',
): Promise<Agreed | undefined> {
  const { question, first, plan, standing } = offered;
  if (!plan.asks && asker === 'person') return { way: offered, answers: [] };
  let notes = notesOfWays([offered, ...offered.others]);
  const who = askerLines(asker, plan.nodes);
  const short = (): Paragraph[] => [...who, ...countLines(plan), ...notes, whereOf(offered)];
  const looks: Look[] = [];
  if (plan.nodes.length > 0 || !fits(short())) {
    const told = (): Paragraph[] => [...notes, ...standing, whereOf(offered)];
    looks.push(planLook(showPage, { question, told, ...plan }));
  }
  if (first !== undefined) {
    const look = async (): Promise<'again'> => {
      notes = notesOfWays([{ ...offered, notes: await first.notes() }, ...offered.others]);
      return 'again';
    };
    looks.push({ button: first.button, look });
  }
  const ways = [offered, ...offered.others];
  const answer = await decide({ question, detail: short, looks, ways: ways.map(({ button }) => button) });
  const way = ways.find(({ button }) => button === answer);
  if (way === undefined) return undefined;
  const further = { answers: [{ question, answer: way.button }], showPage, plan };
  return askFurther(way, further);
}

function countLines({ nodes, restart }: Offered['plan']): Paragraph[] {
  const lines = [...touchedLines(nodes, say), ...(restart === undefined ? [] : leftLines(restart, say))];
  return lines.length === 0 ? [] : [lines];
}

/** Identifies the cluster: the server that runs the stage, else the network of the BMCs. */
function whereOf({ where, plan }: Pick<Offered, 'where' | 'plan'>): string {
  return where ?? bmcNetworks(plan.nodes, say);
}

/** Notes that apply to every way, then those that apply only to some, below the button of each way. */
export function notesOfWays(ways: readonly Pick<StageWay, 'button' | 'notes'>[]): Paragraph[] {
  const [first] = ways;
  const common = (first?.notes ?? []).filter((note) => ways.every(({ notes }) => isAmong(note, notes)));
  return [...common, ...ways.flatMap((way) => ownNotes(way, common))];
}

function ownNotes({ button, notes }: Pick<StageWay, 'button' | 'notes'>, told: readonly Paragraph[]): Paragraph[] {
  const own = notes.filter((note) => !isAmong(note, told));
  return own.length === 0 ? [] : [[`${button}:`, ...own.flat()]];
}

function isAmong(note: Paragraph, notes: readonly Paragraph[]): boolean {
  const text = [note].flat().join('\n');
  return notes.some((other) => [other].flat().join('\n') === text);
}

interface Asked extends Pick<Agreed, 'answers'> {
  readonly showPage: ShowPage;
  readonly plan: Offered['plan'];
}

/** Asks the further question of a way, if it has one. */
async function askFurther(way: StageWay, { answers, showPage, plan }: Asked): Promise<Agreed | undefined> {
  const { further } = way;
  if (further === undefined) return { way, answers };
  const { question, detail, button, without } = further;
  const about = [...detail, ...(without === undefined ? [] : ownNotes(without, way.notes))];
  const looks = fits(about) ? [] : [planLook(showPage, { question, told: () => about, ...plan })];
  const ways = [button, ...(without === undefined ? [] : [without.button])];
  const answer = await decide({ question, detail: () => about, looks, ways });
  const chosen = answer === button ? way : answer === without?.button ? without : undefined;
  return chosen === undefined ? undefined : { way: chosen, answers: [...answers, { question, answer: answer ?? '' }] };
}
