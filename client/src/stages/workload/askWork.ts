import { askedOnce, workloadManager, type AskWork } from '@omnia-buildstream/runner/workload/workload';
import { machine } from '../machine.ts';
import { ownEngineSettings } from '../settings/engineConfiguration.ts';
import type { ServerTokens } from '../tokens/serverTokens.ts';
import { workloadPrograms, type TokenWay } from './workloadPrograms.ts';

/**
 * Asks the workload managers in the user's settings, once, whose jobs run on nodes. Needs a token only if there are
 * nodes.
 * @throws UserError for a setting that cannot be used; DeclinedError, from the returned function, if the user is asked
 * for a token and enters none
 */
export function askWork(
  tokens: ServerTokens,
  way: TokenWay,
  signal: AbortSignal = new AbortController().signal,
): AskWork {
  const { workload } = ownEngineSettings();
  const open = async (): Promise<AskWork> =>
    askedOnce(workloadManager(workload, await workloadPrograms(workload, tokens, way)), machine, signal);
  let opened: Promise<AskWork> | undefined;
  return async (nodes) => (nodes.length === 0 ? undefined : (await (opened ??= open()))(nodes));
}
