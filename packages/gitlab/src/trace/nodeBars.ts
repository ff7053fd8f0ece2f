import type { NodeBar, StageTry, StepSpan } from '@omnia-buildstream/core/history/timeline';
import { RestartLog, type ToldNode } from './restartLog.ts';

/** A log line without colors, with the runner's timestamp. */
export interface TimedLine {
  readonly text: string;
  readonly atMs: number | undefined;
}

/** The node with this name. Undefined if it is not a node's name. */
export type NodeNamed = (name: string) => Pick<NodeBar, 'bmcIp' | 'hostname'> | undefined;

/** What the log of a restart says about nodes over time. Empty if it says nothing, or its lines have no timestamps. */
export function nodeBars(
  lines: Iterable<TimedLine>,
  { from, to }: Pick<StageTry, 'from' | 'to'>,
  named: NodeNamed,
): readonly NodeBar[] {
  const told = new Map<string, { readonly hostname: string; readonly said: ToldNode[] }>();
  const log = new RestartLog((node) => {
    const whose = node.atMs === undefined ? undefined : named(node.name);
    if (whose === undefined) return;
    const before = told.get(whose.bmcIp) ?? { hostname: whose.hostname, said: [] };
    before.said.push(node);
    told.set(whose.bmcIp, before);
  });
  for (const { text, atMs } of lines) log.read(text, atMs);
  return [...told].map(([bmcIp, { hostname, said }]) => barOf(bmcIp, hostname, said, { from, to }));
}

const endings: Readonly<Partial<Record<ToldNode['phase'], NodeBar['status']>>> = {
  booted: 'success',
  failed: 'failed',
};

function barOf(
  bmcIp: string,
  hostname: string,
  said: readonly ToldNode[],
  run: Pick<StageTry, 'from' | 'to'>,
): NodeBar {
  const last = said.at(-1);
  const status = (last && endings[last.phase]) ?? 'open';
  const atOf = ({ atMs = run.from }: ToldNode): number => Math.min(run.to, Math.max(run.from, atMs));
  const to = last === undefined || status === 'open' ? run.to : atOf(last);
  const begun = status === 'open' ? said : said.slice(0, -1);
  const steps = begun.map((node, index): StepSpan => {
    const next = begun[index + 1];
    return { step: stepOf(node), from: atOf(node), to: next === undefined ? to : atOf(next) };
  });
  const [first] = said;
  const from = first === undefined ? run.from : atOf(first);
  return { bmcIp, hostname, from, to, steps, status, message: status === 'failed' ? (last?.said ?? '') : '' };
}

/** The engine's term for waiting for a node's report; otherwise the task. */
function stepOf({ phase, said }: ToldNode): string {
  return phase === 'awaited' ? 'report' : said;
}
