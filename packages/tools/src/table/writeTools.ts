import { choice, flag, names, number, optional, text } from '../arguments/field.ts';
import { mappingFile } from './readTools.ts';
import type { ToolAnswer } from '../answer.ts';
import { tool, type Carriers } from './tool.ts';

/** Tools that change something. None of them cancels, turns power off, or takes a password or a token. */
export const writeTools = {
  fix_mapping: tool(
    'Fix Mapping File',
    'Repairs what is wrong in a PXE mapping file and has one right repair. The file of the project folder is changed.',
    { file: mappingFile },
  ),
  mark_booted: tool(
    'Mark Nodes as Booted',
    'Marks failed nodes as booted by hand in failed_nodes.json of the GitLab project, by a commit that starts no pipeline. A retry leaves them out. Only for nodes that a person has booted.',
    { nodes: names('Hostnames, service tags or BMC_IPs.') },
  ),
  retry_failed: tool(
    'Retry Failed Nodes',
    'Retries the failed child of a pipeline: its failed jobs run again, and failed nodes are restarted.',
    { pipeline: number('Number of the pipeline.') },
  ),
  play_deploy: tool(
    'Run Deploy Job',
    'Runs the manual job of a pipeline that comes next, or the named one. The deploy job restarts nodes.',
    {
      pipeline: number('Number of the pipeline.'),
      job: optional(text('Name or number of the job. Without it: the next one, if there is only one.')),
    },
  ),
  run_stage: tool(
    'Run Stage',
    'Runs a stage of the deployment from this computer or on the management server. restart restarts nodes.',
    {
      stage: choice('Which stage.', ['deploy', 'restart', 'validate']),
      backend: choice('direct: from this computer over the BMCs. oim: on the management server.', ['direct', 'oim']),
      image: text('Image group.'),
      file: mappingFile,
      nodes: optional(
        names('direct restart and validate only: these nodes and no others. Hostnames, service tags or BMC_IPs.'),
      ),
      failed: optional(flag('direct restart only: the nodes that failed before and no others.')),
    },
  ),
} as const;

/** Implementations that ask the user themselves, as the editor does. */
export type AskingTools = Carriers<typeof writeTools, ToolAnswer>;
