import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';
import { bmcAccessHelp } from './accessHelp.ts';

export const bmcHelp = `Usage: buildstream bmc NODE... [ACTION] [OPTIONS]

Recovers failed nodes at their BMCs. Without an action, it shows what each BMC offers, and changes nothing. An action
shows what it affects and asks; it is sent only to BMCs that offer it now, and only if the machine is the one in the row.

Actions:
  --clear-jobs        delete all jobs of the BMC (iDRAC)
  --restart-bmc       restart the BMC; the server keeps running
  --leave-lifecycle   force-restart a server whose Lifecycle Controller is in use
  --pxe-off           remove a network boot that is set, such as one for every boot

Which nodes:
  NODE                hostname, service tag or BMC_IP; at least one
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --omnia VERSION     ${omniaVersionList}; default: detected
  --identity HOW      require (default): nothing is done at a machine that cannot be compared with its row; warn: it is
  --yes               do not ask

${bmcAccessHelp}
Exit codes: 0 done, 3 not done at some nodes, 2 could not run.
`;
