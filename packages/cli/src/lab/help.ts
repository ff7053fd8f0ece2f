import { faultNames, faultPresets } from '@omnia-buildstream/lab/faults/presets';

const width = Math.max(...faultNames.map((name) => name.length));
const faults = faultNames.map((name) => `  ${name.padEnd(width)}  ${faultPresets[name].summary}`).join('\n');

export const labHelp = `Usage: buildstream lab [OPTIONS]
       buildstream lab cluster [OPTIONS]     a whole cluster with GitLab; see buildstream lab cluster --help

Simulates a fleet of BMCs and the nodes behind them, each BMC on its own loopback address, until Ctrl-C. Writes a mapping
file, a hosts file and the authority of the certificates, and prints what to connect to. Nothing outside this machine is touched.

Options:
  --size N              number of nodes; default 10
  --network 127.N       addresses of the BMCs; the nodes get the next network; default: the first two that are free
  --port PORT           port of the BMCs; default: a free one
  --folder FOLDER       where the mapping file and the authority go: a new or empty folder; default: lab, or lab-2,
                        lab-3, … when another lab runs there
  --generation KINDS    idrac8, idrac9, idrac10, plain; several, separated by commas, take turns; default idrac9
  --fault NAME=N[:SECONDS]  gives N nodes this fault; can be given several times
  --latency MS          how long a BMC takes to respond; default 20
  --boot SECONDS        how long a node takes to boot; default 5
  --phone-home-port PORT  port at which booted nodes report; default: a free one
  --ssh-port PORT       also open this port on the address of every running node
  --until-eof           also end with standard input, for a program that starts the lab
  --services            also open the ports of Slurm on the addresses of running nodes, for run validate
  --help, -h            this text

The password is random, or BUILDSTREAM_LAB_PASSWORD; it is in the file lab.env of the folder.
At the end the lab removes its files, except a mapping file that was changed.

Faults:
${faults}
`;
