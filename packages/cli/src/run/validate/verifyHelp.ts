import { approvalHelp } from '../approvedPlan.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const runVerifyHelp = `Usage: buildstream run verify [OPTIONS]

After a run: checks that SSH responds on every node of the mapping file, and with a key looks at a sample of them for the
right image. It lists what it contacts, and only reads.

Which nodes:
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --omnia VERSION     ${omniaVersionList}; default: detected
  --nodes NAMES       only these: hostnames, service tags or addresses of BMCs, separated by commas
  --sample N          at how many the image is looked at; default 10
  --seed TEXT         chooses them; the same text chooses the same
  --image GROUP       the image group that nodes should run
  --role-image ROLE=NAME  the image of a functional group, where it is not called like the group; can be repeated

How:
  --port NAME=PORT    ssh=PORT, another port than 22
  --concurrency N     checks at the same time; default 32
  --limit WHAT=SECONDS  check, stage, up and again, as for run validate; can be repeated
  --ssh-key FILE      log in with this key, which has no passphrase or is held by an agent
  --ssh-user USER     default root
  --host-keys HOW     StrictHostKeyChecking of ssh: yes (default), accept-new or no
  --known-hosts FILE  host keys that are known; default: your own
  --image-from WHERE  cmdline (default), os-release, or the path of a file on the nodes that names the image

Output:
  --state FOLDER      the report goes to FOLDER/verify/attempt_N; default: .buildstream
  --job ID            job named in the report; default: made up
  --junit FILE        also writes the report as JUnit XML there
${approvalHelp}  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Exit codes: 0 all passed, 3 something failed or was not tested, 2 could not run.
`;
