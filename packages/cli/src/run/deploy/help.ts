import { approvalHelp } from '../approvedPlan.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const deployHelp = `Usage: buildstream run deploy --image GROUP --images FILE --provision WHERE [OPTIONS]

Gives each node of the mapping file the image of its functional group: checks everything first, shows which node boots
what, asks, then hands the boot configuration over. No node is restarted. The same command again changes nothing.

What is deployed:
  --image GROUP       the image group; without it you are asked at a terminal
  --images FILE       the list of image groups, JSON
  --images-api URL    or the BuildStreaM API to ask for them, https://HOST:PORT; see buildstream status --help for its
                      credentials
  --kernel-url URL    kernel of images that the list does not tell how to boot; {role}, {image} and {group} are filled in,
                      and {bucket}, {path} and {folder} where the name of an image is a folder in S3
  --initrd-url URL    their initrd
  --rootfs-url URL    their root file system
  --kernel-params TEXT  their kernel parameters
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --omnia VERSION     ${omniaVersionList}; default: detected
  --job ID            BuildStreaM job; default: that of the image group, if the list names one

Where it goes:
  --provision WHERE   files:FOLDER, an iPXE script for each MAC and what dnsmasq needs; or openchami:URL
  The token for OpenCHAMI comes from BUILDSTREAM_OPENCHAMI_TOKEN (empty for none); at a terminal you are asked.

Checks:
  --bmcs WHICH        whose BMCs must respond: all (default), none, or hostnames separated by commas
  --concurrency N     BMCs asked at the same time; default 32
  --bmc-port PORT     default 443
  --ca FILE           the authorities that signed the certificates of BMCs and servers, PEM
  --pin [HOSTS=]SHA256
                      the fingerprint to expect of these hosts; can be given several times

Output:
  --yes               do not ask
${approvalHelp}  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Ctrl-C stops before anything is handed over; what is being handed over is finished. A second one stops immediately.
Exit codes: 0 all nodes have their boot configuration, 3 the checks found something or some nodes failed, 2 could not run.
`;
