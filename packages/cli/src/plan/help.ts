import { workloadHelp } from '../workload.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

/** What `buildstream plan --help` prints. */
export const planHelp = `Usage: buildstream plan [OPTIONS]

Shows which nodes the restart stage would PXE-boot, and why: the same as "run restart" with the same backend. Nothing is
changed. From here, the state in .buildstream/restart counts, and for nodes that it has never seen failed_nodes.json and
the committed mapping file.

Options:
  --mapping FILE   the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --failed FILE    failed_nodes.json; default: miscellaneous/failed_nodes.json; may be missing
  --state PLACE    the state folder of "run restart --state"; or restart_state.json of the management server, in place of
                   what is known here
  --image GROUP    the image group to deploy; default: that of the state. Another one boots all nodes
  --backend WHO    direct (default): from here; oim: the management server, whose job and states are asked for
  --base COMMIT    the mapping file of this commit is the one of the last run; default: HEAD. In a merge request its target
  --job ID         job of the image group; a failed_nodes.json of another job does not count
  --omnia VERSION  ${omniaVersionList}; default: detected
${workloadHelp}  --api URL        of the management server's BuildStreaM API, as for "run STAGE --backend oim"
  --ca FILE        the authority that signed its certificate, PEM
  --pin [HOSTS=]SHA256
                   or the fingerprint to expect of it
  --save-client FILE  where id and secret of a newly registered client are written
  --yes            do not ask before a client is registered
  --format FORMAT  text (default), json, markdown (for a note of a merge request), or inventory: the nodes to boot as a
                   pxeboot_inventory for Omnia's own PXE boot
  --only WHICH     with --format inventory: failed, new, or names with commas (hostnames, service tags, BMC_IPs), whatever
                   the plan does with them; default: all nodes to boot
  --json           the same as --format json
  --help, -h       this text

Exit codes: 0 fine, 2 could not run.
`;
