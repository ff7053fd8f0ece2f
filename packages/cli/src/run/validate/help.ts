import { approvalHelp } from '../approvedPlan.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const runValidateHelp = `Usage: buildstream run validate [OPTIONS]

Tests the nodes of the mapping file: names, SSH, Slurm, Kubernetes, NFS, and with a key their clocks and images; then
runs Molecule where it is configured. It lists what it contacts. On the nodes it only reads.

What is tested:
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --omnia VERSION     ${omniaVersionList}; default: detected
  --nodes NAMES       only these: hostnames, service tags or addresses of BMCs, separated by commas
  --only KINDS        only these checks: name, ssh, slurmctld, slurmd, kube-api, kubelet, nfs, clock, image
  --verify N          after a restart: only whether nodes are up, and the image of N of them
  --seed TEXT         chooses these N; the same text chooses the same
  --image GROUP       the image group that nodes should run
  --role-image ROLE=NAME  the image of a functional group, where it is not called like the group; can be repeated
  --nfs HOSTS         hosts that serve NFS, separated by commas
  --port NAME=PORT    another port of ssh, slurmctld, slurmd, kube-api, kubelet or nfs; can be repeated

How:
  --concurrency N     checks at the same time; default 32
  --limit WHAT=SECONDS  check (10): one look; stage (7200): all; up (60): so long a service may be coming up; again (5):
                      pause between looks; skew (2): how much clocks may differ; can be repeated
  --resolver ADDRESS:PORT  the DNS server to ask for names; default: as this machine does
  --hosts FILE        a file like /etc/hosts to take names from
  --kube-ca FILE      the authority of the Kubernetes API's certificate, PEM
  --kube-pin [HOSTS=]SHA256
                      the fingerprint to expect of these hosts; can be repeated
  --ssh-key FILE      log in with this key, which has no passphrase or is held by an agent
  --ssh-user USER     default root
  --host-keys HOW     StrictHostKeyChecking of ssh: yes (default), accept-new or no
  --known-hosts FILE  host keys that are known; default: your own
  --image-from WHERE  cmdline (default), os-release, or the path of a file on the nodes that names the image

Molecule:
  --molecule COMMAND  the command, split at blanks; no shell reads it
  --molecule-arg ARG  one more argument, with its blanks; can be repeated
  --molecule-dir FOLDER  where it runs; default: here
  --molecule-env NAME hands a variable on to it that it would not see; can be repeated
  --molecule-report FILE  JUnit XML or JSON that it writes, relative to its folder

Output:
  --state FOLDER      the report goes to FOLDER/validate/attempt_N; default: .buildstream
  --job ID            job named in the report; default: made up
  --junit FILE        also writes the report as JUnit XML there
${approvalHelp}  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Ctrl-C stops the stage and reports what was tested.
Exit codes: 0 all passed, 3 something failed or was not tested, 2 could not run.
`;
