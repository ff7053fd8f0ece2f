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
    'Once the tests of an image have passed, the management server takes no files and no deploy for it any more, as the real API was found to do: choose the other image, and all nodes are booted with it. To see what the guide of Omnia tells instead, start the lab with `--after-passed taken-up`.',
  'taken-up':
    'With the same image only the new nodes are booted. So tells the guide of Omnia; the real API was found to refuse it (`--after-passed refused`).',
};

/** README.md of the lab's project: what a newcomer can do in it. */
export function projectReadme({ nodes, spare, afterPassed, omnia, mappingFile }: Tour): string {
  return `# A cluster to try things on

A GitLab project as Omnia ${omnia} makes it, with a running lab behind it: ${String(nodes)} nodes with BMCs, image groups, the
BuildStreaM API and the deploy pipeline. All of it is on this machine; nothing you do here reaches anything else.

## A partial failure, and the way back

1. **See the plan.** Press \`F1\` and run **BuildStreaM: Show Plan**: all ${String(nodes)} nodes would be PXE-booted.
2. **Deploy.** Run **BuildStreaM: Deploy Through GitLab…**, and select **Start a Pipeline to List Images** (it touches no node), then an image. One question says how many nodes are PXE-booted and why; **Show Plan**, its first button, has all of them. Watch the view _Pipelines_. Three nodes fail.
3. **Find out why.** The view _Nodes_ has the failed ones once the restart is over, with cause and advice; **Pull and Show Nodes** in the notification brings their list into the project. The log of the job \`restart\` says only how its playbook ended, as Omnia's does.
4. **Repair.** Run **BuildStreaM: Repair Lab Node…** for the one whose iDRAC is not ready, and **BuildStreaM: Boot Lab Node by Hand…** for the other two.
5. **Mark and retry.** Run **BuildStreaM: Mark Booted and Retry…** and choose the two that you have booted. The third is tried again by the pipeline, then everything is validated. Green.

## More

- **Add nodes.** Copy the ${String(spare)} rows of [\`practice/new_nodes.csv\`](practice/new_nodes.csv) to the end of [\`${mappingFile}\`](${mappingFile}) and commit: a pipeline starts by itself. ${addedNodes[afterPassed]}
- **Practise on mistakes.** [\`practice/pxe_mapping_file.csv\`](practice/pxe_mapping_file.csv) has some of several kinds. Put the cursor on a mark and press \`Ctrl+.\`.
- **Boot without GitLab.** Run **BuildStreaM: Run Stage…**: the same plan, the same files, straight through the BMCs.
`;
}
