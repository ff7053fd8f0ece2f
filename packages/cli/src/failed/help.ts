import { failureCauses } from '@omnia-buildstream/core/failedNodes/advice';

/** What `buildstream failed --help` prints. */
export const failedHelp = `Usage: buildstream failed list [OPTIONS]
       buildstream failed check [OPTIONS]
       buildstream failed mark NODE... | --all | --cause CAUSE [--as failed] [--yes] [OPTIONS]

list   the nodes of failed_nodes.json with status, cause and advice
check  everything that is wrong in the file
mark   sets the status of nodes to "success": they were booted by hand, and a retry leaves them out

NODE is a hostname, a BMC address or a service tag.
CAUSE is ${failureCauses.join(', ')}.

Options:
  --failed FILE   failed_nodes.json; default: miscellaneous/failed_nodes.json
  --mapping FILE  the mapping file to compare with; default: found as by "buildstream plan"
  --as STATUS     success (default) or failed
  --yes           do not ask
  --json          list and check: for programs
  --help, -h      this text

Exit codes: 0 fine, 1 check found errors, 2 could not run.
`;
