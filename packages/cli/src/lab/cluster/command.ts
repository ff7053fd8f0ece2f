import path from 'node:path';
import { labConnectionFile } from '@omnia-buildstream/core/lab/connection';
import { CannotRun, causeOf, codeOf } from '../../cannotRun.ts';
import type { CommandMain } from '../../commands.ts';
import { exitCodes } from '../../io.ts';
import { interrupted } from '../interrupted.ts';
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
  const folder = path.resolve(io.cwd, options.folder);
  const cluster = await start(options, folder);
  try {
    await io.stdout.write(introduction(cluster, options));
    await interrupted();
  } finally {
    await cluster.close();
  }
  return exitCodes.ok;
};

async function start(options: ClusterOptions, folder: string): Promise<Cluster> {
  try {
    return await startCluster({ ...options, registersClient: true }, folder);
  } catch (error) {
    const inUse = codeOf(error) === 'EADDRINUSE';
    const advice = inUse ? 'Another lab may be running; end it first.' : 'Try a smaller --size, or another --folder.';
    throw new CannotRun('arguments', `The lab cannot start: ${causeOf(error)}. ${advice}`);
  }
}

/** Without secrets: a terminal is often recorded. They are in lab.json. */
function introduction({ connection, lab }: Cluster, { folder, size, spare, broken }: ClusterOptions): string {
  const { gitlab, api, bmc, report } = connection;
  const [first, last] = [lab.bmcs[0], lab.bmcs.at(-1)].map((one) => one?.node.address ?? '');
  const file = path.join(folder, labConnectionFile);
  return `A cluster of ${String(size)} nodes, ${String(broken)} of them broken, and ${String(spare)} more that can be added.

GitLab           ${gitlab.url}/${gitlab.project}
BuildStreaM API  ${api.url}
BMCs             https://${first ?? ''}:${String(bmc.port)} to https://${last ?? ''}:${String(bmc.port)}
Nodes report to  ${report}
Users, passwords, tokens and certificates: ${file}

In VS Code: "BuildStreaM: Connect to Lab…", then choose that file.
On the command line:
  buildstream lab nodes --folder ${folder}
  buildstream lab repair NODE --folder ${folder}
  buildstream lab boot NODE --folder ${folder}

Ctrl-C ends the lab.
`;
}
