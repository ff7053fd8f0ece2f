import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';
import { bmcAccessHelp } from '../bmc/accessHelp.ts';

export const hardwareHelp = `Usage: buildstream hardware FILE... [OPTIONS]

Asks the BMC of each row for the hardware behind it and compares: service tag, MAC addresses of its NICs and of the BMC,
which NIC boots from the network. It reads and never changes a BMC. Differences are shown at their cells, rows whose
BMC_IPs are swapped are recognized, and empty cells that the BMCs know are shown as changes of the file.

What is compared:
  FILE                mapping files
  --omnia VERSION     ${omniaVersionList}; default: detected
  --nodes NAMES       only these rows: hostnames, service tags or BMC_IPs, separated by commas
  --discover NETWORK  look for BMCs that are not in the file yet, such as 10.6.0.0/24 (at most /22): asks first, then each
                      address for Redfish's root without login, and asks again before it logs in to what it found
  --write             fill in the empty cells, and add the rows that were discovered; shows the changes and asks
  --yes               do not ask

${bmcAccessHelp}
Ctrl-C stops; what was read by then is lost.
Exit codes: 0 no difference, 1 a row differs from its machine, 3 some BMCs could not be asked, 2 could not run.
`;
