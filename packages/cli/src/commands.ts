import type { Command } from './command.ts';

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'validate',
    {
      summary: 'check mapping files as Omnia does, and repair them',
      load: async () => (await import('./validate/command.ts')).validate,
    },
  ],
  [
    'convert',
    {
      summary: 'bring a mapping file into the layout of another Omnia version',
      load: async () => (await import('./convert/command.ts')).convert,
    },
  ],
  [
    'import',
    {
      summary: 'bring an inventory or DHCP leases into a mapping file',
      load: async () => (await import('./import/command.ts')).importInventories,
    },
  ],
  [
    'plan',
    {
      summary: 'which nodes the restart stage would boot, and why',
      load: async () => (await import('./plan/command.ts')).plan,
    },
  ],
  [
    'diff',
    {
      summary: 'compare two versions of the mapping file node by node',
      load: async () => (await import('./diff/command.ts')).diff,
    },
  ],
  [
    'failed',
    {
      summary: 'list, check and mark the nodes of failed_nodes.json',
      load: async () => (await import('./failed/command.ts')).failed,
    },
  ],
  [
    'run',
    {
      summary: 'run a stage: give nodes their images, PXE-boot them, test them',
      load: async () => (await import('./run/command.ts')).run,
    },
  ],
  [
    'status',
    {
      summary: 'how far a run has come, here or on the management server',
      load: async () => (await import('./status/command.ts')).status,
    },
  ],
  [
    'history',
    {
      summary: 'who ran what from here, what became of each node, and what is left',
      load: async () => (await import('./history/command.ts')).history,
    },
  ],
  [
    'hardware',
    {
      summary: 'compare mapping files with the machines behind their BMCs',
      load: async () => (await import('./hardware/command.ts')).hardware,
    },
  ],
  [
    'bmc',
    {
      summary: 'help a failed node at its BMC: clear jobs, restart the BMC, take back PXE',
      load: async () => (await import('./bmc/command.ts')).bmc,
    },
  ],
  [
    'lsp',
    {
      summary: 'the language server, for editors other than VS Code',
      load: async () => (await import('./lsp/command.ts')).lsp,
    },
  ],
  [
    'mcp',
    {
      summary: 'tools for language models, over the Model Context Protocol',
      load: async () => (await import('./mcp/command.ts')).mcp,
    },
  ],
  [
    'lab',
    {
      summary: 'play a fleet of BMCs on this machine, to try it out',
      load: async () => (await import('./lab/command.ts')).lab,
    },
  ],
  [
    'pipelines',
    {
      summary: "list, start, play, retry and follow GitLab's pipelines",
      load: async () => (await import('./pipelines/command.ts')).pipelines,
      renamed: { 'ca-file': 'ca' },
    },
  ],
  [
    'explain',
    {
      summary: 'what a rule is about, why, and how to repair what it finds',
      load: async () => (await import('./explain/command.ts')).explain,
    },
  ],
  [
    'completion',
    {
      summary: 'a completion for bash, zsh, fish or PowerShell',
      load: async () => (await import('./reference/command.ts')).completion,
    },
  ],
  [
    'man',
    {
      summary: 'the manual page',
      load: async () => (await import('./reference/command.ts')).man,
    },
  ],
  [
    'version',
    {
      summary: 'the version, of Node too, and where this runs',
      load: async () => (await import('./versionCommand.ts')).showVersion,
    },
  ],
]);
