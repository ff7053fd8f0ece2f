import type { AfterPassed, LabVersion } from '@omnia-buildstream/core/lab/connection';

interface Tour {
  readonly nodes: number;
  readonly spare: number;
  readonly afterPassed: AfterPassed;
  readonly omnia: LabVersion;
  readonly mappingFile: string;
}

const addedNodes: Readonly<Record<AfterPassed, string>> = {
  refused:
    'Once the tests of an image have passed, the management server accepts no more files and no deploy for it, like the real API: select the other image, and all nodes are booted with it. To try what the Omnia guide describes instead, start the lab with `--after-passed taken-up`.',
  'taken-up':
    'With the same image, only the new nodes are booted, as the Omnia guide describes. The real API refuses it (`--after-passed refused`).',
};

/** README.md of the lab's project: what a newcomer can do in it. */
export function projectReadme({ nodes, spare, afterPassed, omnia, mappingFile }: Tour): string {
  return `# A practice cluster

A GitLab project like that of Omnia ${omnia}, with a running lab behind it: ${String(nodes)} nodes with BMCs, image groups, the
BuildStreaM API, and the deploy pipeline. All of it runs on this computer; nothing that you do here affects anything else.

## Recover from a partial failure

1. **See the plan.** Press \`F1\` and run **BuildStreaM: Show Plan**: all ${String(nodes)} nodes would be PXE-booted.
2. **Deploy.** Run **BuildStreaM: Deploy Through GitLab…**, and select **Start a Pipeline to List Images** (it touches no node), then an image. One question says how many nodes will be PXE-booted, and why; **Show Plan**, its first button, lists all of them. Watch the _Pipelines_ view. Three nodes fail.
3. **Find out why.** When the restart is over, the _Nodes_ view shows the failed nodes with cause and advice; **Pull and Show Nodes** in the notification gets their list into the project. As in Omnia, the log of the \`restart\` job says only how its playbook ended.
4. **Repair.** Run **BuildStreaM: Repair Lab Node…** for the one whose iDRAC is not ready, and **BuildStreaM: Boot Lab Node by Hand…** for the other two.
5. **Mark and retry.** Run **BuildStreaM: Mark Booted and Retry…** and select the two that you booted. The pipeline retries the third, and then everything is validated. Green.

## More

- **Add nodes.** Copy the ${String(spare)} rows of [\`practice/new_nodes.csv\`](practice/new_nodes.csv) to the end of [\`${mappingFile}\`](${mappingFile}) and commit: a pipeline starts automatically. ${addedNodes[afterPassed]}
- **Fix mistakes.** [\`practice/pxe_mapping_file.csv\`](practice/pxe_mapping_file.csv) has several kinds of them. Place the cursor on a squiggle and press \`Ctrl+.\`.
- **Boot without GitLab.** Run **BuildStreaM: Run Stage…**: the same plan and the same files, directly through the BMCs.
`;
}
