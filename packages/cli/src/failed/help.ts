import { failureCauses } from '@omnia-buildstream/core/failedNodes/advice';

/** What `buildstream failed --help` prints. */
export const failedHelp = `Usage: buildstream failed list [OPTIONS]
       buildstream failed check [OPTIONS]
       buildstream failed mark NODE... | --all | --cause CAUSE [--as failed] [--yes] [OPTIONS]
       buildstream failed merge FILE... [--out FILE] [--yes]

list   the nodes of failed_nodes.json with status, cause and advice
check  all problems in the file
mark   sets the status of nodes to "success": they were booted by hand, and a retry leaves them out
merge  merges the lists of several shards ("run restart --shard"); FILE is failed_nodes.json or its folder

NODE is a hostname, a BMC address or a service tag.
CAUSE is ${failureCauses.join(', ')}.

Options:
  --failed FILE   failed_nodes.json; default: miscellaneous/failed_nodes.json
  --mapping FILE  the mapping file to compare with; default: found as by "buildstream plan"
  --as STATUS     success (default) or failed
  --out FILE      merge: where to write; default: standard output
  --yes           do not ask
  --format FORMAT  list and check: text (default) or json
  --json          the same as --format json
  --help, -h      this text

Exit codes: 0 fine, 1 check found errors or list could read only a part of the file, 2 could not run.
`;
