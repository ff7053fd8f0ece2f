import { answer, refusal, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import * as vscode from 'vscode';
import { bmcAddress } from '../../nodes/bmcAddress.ts';
import { demandApi, demandCredential, withApi } from '../../oim/openApi.ts';
import { saidNo, type StageTools } from '../../tools/editorTools.ts';
import { readPower } from '../bmc/powerState.ts';
import { exitCodes } from '../exitCodes.ts';
import type { StageContext } from '../stageContext.ts';
import type { StageRequest } from '../taskDefinition.ts';

/** Language model tools for BMCs and the BuildStreaM API. A stage asks for confirmation as for a person. */
export function stageTools(context: StageContext): StageTools {
  return {
    power_state: async ({ nodes: names }) => {
      const wanted = new Set(names.map((name) => name.toLowerCase()));
      const all = (await context.nodes.refresh())?.nodes ?? [];
      const nodes = all.filter(({ hostname, serviceTag, bmcIp }) =>
        [hostname, serviceTag, bmcAddress(bmcIp)].some((name) => wanted.has(name.toLowerCase())),
      );
      if (nodes.length === 0) return refusal('No row of the mapping file has these names.');
      const read = await readPower(context, nodes);
      if (read === undefined) return refusal(saidNo);
      return answer(
        { own: `BMCs that were asked: ${String(nodes.length)}.` },
        { foreign: read.join('\n'), from: ['BMCs', 'the mapping file'] },
      );
    },
    show_deployment: async ({ image }, signal) => {
      const server = demandApi();
      const credential = await demandCredential(context.apiClients, server);
      return withApi({ server, credential }, async (client) => {
        const groups = await client.images(undefined, signal);
        const chosen = groups.find(({ id }) => id === image);
        const job = chosen?.jobId === undefined ? undefined : await client.job(chosen.jobId, signal);
        const shown = { imageGroups: chosen === undefined ? groups : [chosen], job };
        return answer(
          { own: 'Image groups and jobs, as JSON.' },
          { foreign: JSON.stringify(shown, undefined, 1), from: ['the management server'] },
        );
      });
    },
    run_stage: async ({ stage, backend, image, file, nodes = [], failed = false }, signal) => {
      const limited = { names: nodes, failed, checks: [] };
      return run(context, { stage, backend, imageGroup: image, mapping: file, ...limited }, signal);
    },
  };
}

const ends: Readonly<Record<number, string>> = {
  [exitCodes.ok]: 'The stage ended well.',
  [exitCodes.someFailed]: 'The stage ended; some nodes failed or were not tried. See list_nodes.',
  [exitCodes.cannotRun]: 'The stage did not run: something stands in its way. The terminal has the reason.',
};

/** Runs a stage as a task, which asks for confirmation itself. Nothing is sent or contacted before the user agrees. */
async function run(context: StageContext, request: StageRequest, signal: AbortSignal): Promise<ToolAnswer> {
  const end = await ended(await context.start(request, 'model'), signal);
  if (end === undefined) return answer({ own: 'The stage is still running in its terminal. See run_status.' });
  const { code } = end;
  if (code === undefined) return refusal(saidNo);
  const own = ends[code] ?? `The stage ended with code ${String(code)}.`;
  return code === exitCodes.cannotRun ? refusal(own) : answer({ own });
}

/** The exit code, which is undefined if the user declined. No object if the chat stops waiting, which stops nothing. */
function ended(
  execution: vscode.TaskExecution,
  signal: AbortSignal,
): Promise<{ readonly code: number | undefined } | undefined> {
  return new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess((event) => {
      if (event.execution !== execution) return;
      listening.dispose();
      resolve({ code: event.exitCode });
    });
    signal.addEventListener('abort', () => {
      listening.dispose();
      resolve(undefined);
    });
  });
}
