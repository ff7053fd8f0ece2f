import { approvalHelp } from '../approvedPlan.ts';
import { jobHelp } from '../../workload.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const runHelp = `Usage: buildstream run restart --image GROUP [OPTIONS]
       buildstream run STAGE --backend oim --help

PXE-boots the nodes of the plan through their BMCs and waits until each reports. Shows the plan and asks before it
touches anything. A run that was killed or stopped is resumed: no node is reset twice for the same intent.

Which nodes:
  --image GROUP       the image group they boot; another one than before boots all nodes
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --omnia VERSION     ${omniaVersionList}; default: detected
  --nodes NAMES       of the plan only these: hostnames, service tags or BMC_IPs, separated by commas
  --failed            of the plan only those that failed before
  --shard I/N         of the plan only every Nth node, beginning with the Ith; each shard has its own state, and
                      the first one has all control nodes and protected nodes
  --state FOLDER      where the state is kept; default: .buildstream/restart. A folder of Omnia's will do
  --job ID            job of a new state; default: made up
  --yes               do not ask
${approvalHelp}
How:
  --concurrency N     BMCs worked on at the same time; default 32
  --stagger N:SECONDS a pause after every N resets
  --canary N          nodes that go first, of each functional group at least one; the others only when these have
                      reported. 0: none goes first. Default: 3 from 50 nodes on
  --in-flight N       nodes between their restart and their report, at most; default: no limit
  --max-failed N|P%   when more nodes than these fail to boot, no further node is restarted; nodes under way are
                      finished. Default: no limit
  --max-unreachable N|P%  the same for nodes whose BMC cannot be used, which do not count as failed to boot
  --continuous        PXE at every boot from now on, as Omnia sets it; default: at the next one only
  --boot HOW          pxe (default) or uefi-http, where firmware and network offer it
  --boot-nic          boot by the NIC with the ADMIN_MAC of the row where the BMC lists one; not with --continuous
  --graceful          ask the system to shut down instead of forcing it
  --protect NAMES     nodes that are treated like control nodes (Slurm controller, Kubernetes control plane, login
                      nodes): hostnames, service tags or BMC_IPs, * for any text, separated by commas
  --include-control N up to N control nodes and protected nodes are agreed to as well, which --yes does not cover. They
                      are restarted one after another
${jobHelp}  --identity HOW      require (default): a machine that cannot be compared with its row is not restarted; warn: it is.
                      Another machine than the row says is never restarted
  --report HOW        tcp:PORT (default tcp:22): the port responds after it was seen closed, which cannot tell an image
                      from a disk; ssh or ssh:PORT: logs in, and asks for the uptime and for cloud-init, as Omnia 2.3
                      does; phone-home:ADDRESS:PORT: this command listens there
  --ssh-user USER     who logs in for --report ssh, and for the checks of run all; default root
  --ssh-key FILE      with this key; default: those of the agent, and no such checks in run all
  --known-hosts FILE  default: yours. With --report ssh the host keys of the nodes have to be known
  --limit STEP=SECONDS  how long a step may take: reach, login, ready, read, override, reset, shutdown, power, report, settle,
                      or request, a single request; can be given several times

Access to the BMCs:
  --bmc-port PORT     default 443
  --ca FILE           the authorities that signed their certificates, PEM
  --pin [HOSTS=]SHA256
                      the fingerprint to expect of these hosts; can be given several times
  User and password come from BUILDSTREAM_BMC_USER and BUILDSTREAM_BMC_PASSWORD, or for several kinds of hosts from
  BUILDSTREAM_BMC_CREDENTIALS, [{"hosts": "10.6.*", "user": "…", "password": "…"}]; at a terminal you are asked.

Output:
  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Ctrl-C finishes the nodes in progress; a second one stops immediately.
Exit codes: 0 all booted, 3 some nodes failed, were left out or were not tried, 2 could not run.
`;
