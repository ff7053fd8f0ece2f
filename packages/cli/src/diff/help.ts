import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const diffHelp = `Usage: buildstream diff [A] [B] [OPTIONS]

Compares two versions of the mapping file node by node: which were added, changed (and which cells) and removed,
whatever the order and layout of the file. Then shows which nodes a deploy of B would restart if A was deployed last: the
plan of "buildstream plan --base A". Nothing is changed.

  A                a commit, branch or tag; default: HEAD. The last fetched state of GitLab is origin/BRANCH
  B                the same; default: the file as it is here
  --mapping FILE   default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --failed FILE    failed_nodes.json; default: miscellaneous/failed_nodes.json; may be missing
  --image GROUP    the image group to deploy; default: that of the state. Another one boots all nodes
  --omnia VERSION  ${omniaVersionList}; default: detected
  --format FORMAT  text (default), json, or markdown
  --json           the same as --format json
  --help, -h       this text

Exit codes: 0 fine, 2 could not run.
`;
