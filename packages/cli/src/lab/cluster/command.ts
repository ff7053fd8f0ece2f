import path from 'node:path';
import { labConnectionFile, type AfterPassed } from '@omnia-buildstream/core/lab/connection';
import type { CommandMain } from '../../command.ts';
import { exitCodes } from '../../exitCodes.ts';
import { systemClock } from '@omnia-buildstream/engine/time/systemClock';
import { runLab } from '../running.ts';
import { listenForSilence } from '../silence.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { clusterHelp } from './help.ts';
import { parseClusterOptions, type ClusterOptions } from './options.ts';

/** `buildstream lab cluster`: plays a whole cluster until it is interrupted. */
export const clusterLab: CommandMain = async (args, io) => {
  const options = parseClusterOptions(args);
  if (options.help) {
    await io.stdout.write(clusterHelp);
    return exitCodes.ok;
  }
  const { untilEof, whileAskedMs, folder } = options;
  const start = async (name: string) => {
    const cluster = await startCluster({ ...options, registersClient: true }, path.resolve(io.cwd, name));
    const silence = whileAskedMs === 0 ? undefined : listenForSilence(cluster.asked, whileAskedMs, systemClock);
    return {
      introduction: introduction(cluster, name, options),
      ended: silence?.reached,
      close: () => {
        silence?.dispose();
        return cluster.close();
      },
    };
  };
  await runLab(io, { untilEof, folder, advice: 'Try a smaller --size, or another --folder.', start });
  return exitCodes.ok;
};

const afterPassedText: Readonly<Record<AfterPassed, string>> = {
  refused: 'a job whose tests have passed takes no files and no deploy, as the real API was found to do',
  'taken-up': "a job whose tests have passed is taken up again, as Omnia's guide tells",
};

/** Without secrets: a terminal is often recorded. They are in lab.json. */
function introduction({ connection, lab }: Cluster, folder: string, options: ClusterOptions): string {
  const { size, spare, broken, afterPassed, omnia, past } = options;
  const { gitlab, api, bmc, report } = connection;
  const [first, last] = [lab.bmcs[0], lab.bmcs.at(-1)].map((one) => one?.node);
  const file = path.join(folder, labConnectionFile);
  return `A cluster of Omnia ${omnia} with ${String(size)} nodes, ${String(broken)} of them broken, and ${String(spare)} more that can be added.

GitLab           ${gitlab.url}/${gitlab.project}
BuildStreaM API  ${api.url}; ${afterPassedText[afterPassed]}${options.servesArtifacts ? '; it tells what became of each node' : ''}${past === 'recorded' ? '; it has been through what the real one had when its answers were recorded' : ''}
BMCs             https://${first?.address ?? ''}:${String(bmc.port)} to https://${last?.address ?? ''}:${String(bmc.port)}
Nodes            ${first?.adminIp ?? ''} to ${last?.adminIp ?? ''}
Nodes report to  ${report}
Users, passwords, tokens and certificates: ${file}

In VS Code: "BuildStreaM: Connect to Lab…", then select that file.
On the command line:
  buildstream lab nodes --folder ${folder}
  buildstream lab repair NODE --folder ${folder}
  buildstream lab boot NODE --folder ${folder}

Ctrl-C ends the lab, and removes its files.
`;
}
