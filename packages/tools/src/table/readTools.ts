import { choice, names, number, optional, text } from '../arguments/field.ts';
import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import type { ToolAnswer } from '../answer.ts';
import { tool, type Carriers } from './tool.ts';

export const mappingFile = optional(
  text('PXE mapping file, relative to the project folder. Without it: the one in its usual place.'),
);

/** Tools that change nothing anywhere. */
export const readTools = {
  validate_mapping: tool(
    'Validate Mapping File',
    "Checks a PXE mapping file (CSV) by Omnia's rules. Gives findings with rule, severity, line, column and message.",
    { file: mappingFile },
  ),
  explain_rule: tool(
    'Explain Rule',
    'Explains a rule that a finding names: its severity in each Omnia version, its messages, and whether it can be fixed.',
    { rule: text('Code of the rule, such as dup-hostname.') },
  ),
  list_nodes: tool('List Nodes', 'Lists the nodes of the mapping file with role, group and addresses.', {
    file: mappingFile,
    nodes: optional(names('Only these: hostnames, service tags or BMC_IPs.')),
  }),
  show_plan: tool(
    'Show Plan',
    'Shows which nodes the restart stage would PXE-boot from here, and why. Nothing is contacted.',
    {
      file: mappingFile,
      image: optional(text('Image group to deploy. Without it: the one of the last run.')),
      omnia: optional(choice('Omnia version. Without it: detected.', omniaVersions)),
    },
  ),
  list_failed_nodes: tool(
    'List Failed Nodes',
    'Lists the nodes in failed_nodes.json of the project folder with status, cause and advice.',
    {},
  ),
  run_status: tool(
    'Show Run Status',
    'Shows how far runs from this computer have come: booted, failed and waiting nodes, and the last test reports.',
    {},
  ),
  list_pipelines: tool('List Pipelines', "Lists the newest pipelines of Omnia's GitLab project.", {
    ref: optional(text('Only of this branch.')),
  }),
  show_pipeline: tool(
    'Show Pipeline',
    'Shows a pipeline with its jobs and child pipelines, why it failed, and what to do next.',
    { pipeline: number('Number of the pipeline.') },
  ),
  job_log: tool(
    'Show Job Log',
    'Shows the log of a job in a pipeline: the lines around each failure, or the end when there is none.',
    {
      pipeline: number('Number of the pipeline.'),
      job: text('Name or number of a job in it or in its child pipelines.'),
    },
  ),
  show_deployment: tool(
    'Show Deployment',
    'Shows the image groups that the BuildStreaM API lists, or the job of one with the states of its stages.',
    { image: optional(text('Image group whose job is shown.')) },
  ),
  power_state: tool(
    'Read Power State',
    'Asks the BMCs of nodes whether they are powered on. It changes nothing, but it logs in to each BMC.',
    { file: mappingFile, nodes: names('Hostnames, service tags or BMC_IPs.') },
  ),
} as const;

export type ReadTools = Carriers<typeof readTools, ToolAnswer>;
