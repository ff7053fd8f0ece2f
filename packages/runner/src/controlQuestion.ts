import { controlKindOf, type ControlKind } from '@omnia-buildstream/core/plan/control/controlNodes';
import { controlTexts } from '@omnia-buildstream/core/plan/control/controlTexts';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { phrase, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { shortNames } from '@omnia-buildstream/core/text/shortNames';
import type { NodesOfRun } from '@omnia-buildstream/engine/restart/nodesOfRun';

/** Control nodes and protected nodes that a run has not begun yet, and what the user should know before they agree. */
export interface ControlQuestion {
  readonly nodes: readonly { readonly target: Target; readonly kind: ControlKind }[];
  readonly notes: readonly Phrase[];
}

/** Undefined if there are none. @param rows all rows of the mapping file */
export function controlQuestion(
  { nodes }: NodesOfRun,
  rows: readonly Target[],
  patterns: readonly string[],
): ControlQuestion | undefined {
  const found = nodes.flatMap(({ planned: { target }, progress }) => {
    const kind = progress === undefined ? controlKindOf(target, patterns) : undefined;
    return kind === undefined ? [] : [{ target, kind }];
  });
  if (found.length === 0) return undefined;
  const has = (...kinds: readonly ControlKind[]): boolean => found.some(({ kind }) => kinds.includes(kind));
  const planes = rows.filter((row) => controlKindOf(row, []) === 'control-plane').length;
  return {
    nodes: found,
    notes: [
      ...found.map(({ target: { hostname, bmcIp }, kind }) =>
        phrase(controlTexts.named, { node: hostname, bmcIp, kind: phrase(controlTexts[kind]) }),
      ),
      ...(has('slurm-controller', 'control-plane') ? [phrase(controlTexts.consequence)] : []),
      ...(has('login') ? [phrase(controlTexts.sessions)] : []),
      ...(has('control-plane') && planes < 3 ? [phrase(controlTexts.noQuorum, { count: planes })] : []),
      phrase(controlTexts.oneByOne),
    ],
  };
}

/** A note for the plan that the run includes such nodes. */
export function controlNotes(question: ControlQuestion | undefined): readonly Phrase[] {
  if (question === undefined) return [];
  const nodes = shortNames(question.nodes.map(({ target }) => target.hostname));
  return [phrase(controlTexts.among, { count: question.nodes.length, nodes })];
}
