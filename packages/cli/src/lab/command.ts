import type { CommandMain } from '../command.ts';
import { handActions, type HandAction } from './hands.ts';

/**
 * `buildstream lab`: a fleet of BMCs; `lab cluster`: a whole cluster with GitLab and the BuildStreaM API;
 * `lab nodes|repair|boot`: manual work on a running cluster.
 */
export const lab: CommandMain = async (args, io) => {
  const [first = '', ...rest] = args;
  if (isHandAction(first)) return (await import('./hands.ts')).hands(first, rest, io);
  if (first === 'cluster') return (await import('./cluster/command.ts')).clusterLab(rest, io);
  return (await import('./fleet.ts')).fleetLab(args, io);
};

function isHandAction(text: string): text is HandAction {
  return (handActions as readonly string[]).includes(text);
}
