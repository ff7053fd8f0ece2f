import { workloadHelp } from '../workload.ts';
import { approvalHelp } from '../run/approvedPlan.ts';
import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

const accessHelp = `Access to the API:
  --api URL           https://HOST:PORT of the BuildStreaM API; default: BSM_API_URL
  --ca FILE           the authority that signed its certificate, PEM
  --pin [HOSTS=]SHA256
                      or the fingerprint to expect of it
  Id and secret of the client come from BSM_CLIENT_ID and BSM_CLIENT_SECRET (the stored ones are CI variables of the
  GitLab project). With BSM_API_USERNAME and BSM_API_PASSWORD instead, a client is registered after a question; the API
  takes one only. At a terminal you are asked.
  --save-client FILE  where id and secret of a newly registered client are written, readable by you only
`;

export const statusHelp = `Usage: buildstream status [--state FOLDER] [OPTIONS]
       buildstream status --timeline [--json]
       buildstream status --api URL [OPTIONS]

Shows the progress of runs, and changes nothing: of those from here from the state that they leave, or with --api (or
BSM_API_URL) of those on the management server, from the BuildStreaM API.

From here: job, image group, nodes that are booted, failed and left, an interrupted run, the last test report, nodes that stay
drained, and with --slurm or --kubectl the jobs on the nodes of the mapping file.
  --state FOLDER      the folder that run all, restart and validate were given; default: .buildstream
  --mapping FILE      the nodes to count; default: found as by "buildstream plan", else those that the state knows
  --omnia VERSION     ${omniaVersionList}; default: detected
${workloadHelp}  --format FORMAT     text, or json
  --json              the same as --format json
  --help, -h          this text

Over time: with --timeline the last 20 runs as bars, with who ran them and the attempt, and for the newest with data about
single nodes the ten slowest with their steps. It reads .buildstream/history here.

The management server: the state of the API, the image groups, and the progress of a job.
  --job ID            also this job with its stages
  --image GROUP       also the job of this image group
  --yes               do not ask before a client is registered

${accessHelp}
Exit codes: 0 shown, 2 there is no state, or the API did not respond or refused.
`;

export const runOimHelp = `Usage: buildstream run STAGE --backend oim --api URL [OPTIONS]

Has the management server run the stage deploy, restart or validate, and follows it. STAGE can be all: then these three,
each after the previous one has succeeded. Shows what is touched and asks once, before anything is started. A stage that is
already running is followed, and the rest continues from there.

Which:
  --image GROUP       the image group, with or without its version
  --job ID            its job; one of both is enough
  --mapping FILE      the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv.
                      every stage uploads it and the input files beside it
  --failed FILE       default: miscellaneous/failed_nodes.json; uploaded before a restart unless it is another job's
  --omnia VERSION     ${omniaVersionList}; default: detected. validate asks for the tests of this version
  --yes               do not ask
${approvalHelp}  --ask-bmcs          before: ask the BMCs of the mapping file whether they respond; logs in nowhere
  --bmc-port N        port of the BMCs; default 443
${workloadHelp}
${accessHelp}
Following:
  --poll SECONDS      pause between two requests; default 5, growing while nothing changes
  --deadline MINUTES  how long it is followed; default 150
  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Ctrl-C stops following only: the stage keeps running, and the same command follows it again.
Exit codes: 0 all stages succeeded, 3 one failed, is still running or was not tried, 2 nothing was started.
`;
