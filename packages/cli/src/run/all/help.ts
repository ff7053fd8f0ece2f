import { approvalHelp } from '../approvedPlan.ts';
import { deployHelp } from '../deploy/help.ts';
import { runHelp } from '../restart/help.ts';
import { runValidateHelp } from '../validate/help.ts';

/** Options whose words differ here, or that no stage has alone. */
const own = `  --image GROUP       the image group that is deployed, booted and expected; without it you are asked at a terminal
  --state FOLDER      FOLDER/restart has the state, FOLDER/validate and FOLDER/verify the reports; default: .buildstream
  --nodes NAMES       restart and test only these; deploy is about all nodes
  --bmcs WHICH        whose BMCs must answer before deploy changes anything: all, none, or hostnames separated by
                      commas; default: those of the nodes that are restarted
  --concurrency N     of each stage
  --limit WHAT=SECONDS  the steps of restart and the limits of validate; can be given several times
  --sample N          at how many nodes verification looks at the image, with --ssh-key; default 10
  --seed TEXT         chooses these; the same text chooses the same
  --job ID            default: that of the image group, if the list names one
`;

const notHere = ['--shard', '--verify'];
const told = new Set([...optionsIn(own), ...notHere, '--yes', '--dry-run', '--plan', '--format', '--json', '--help']);

export const runAllHelp = `Usage: buildstream run all --images FILE --provision WHERE [OPTIONS]

Runs deploy, restart, validate and a verification, one after the other. Shows the plan of all of them and asks once;
stops after a stage that did not fully succeed and says what to do. The same command goes on: what is deployed stays,
and only nodes that are not booted are restarted.

With --backend oim the management server runs deploy, restart and validate: buildstream run all --backend oim --help.

For all stages:
${own}  --yes               do not ask
${approvalHelp}  --format FORMAT     text, or ndjson: one event a line
  --json              the same as --format ndjson
  --help, -h          this text

Of deploy:
${optionsOf(deployHelp)}
Of restart:
${optionsOf(runHelp)}
Of validate:
${optionsOf(runValidateHelp)}
Passwords, tokens and Ctrl-C: as each stage's --help says.
Exit codes: 0 everything succeeded, 3 some nodes or tests failed, were left out or were not tried, 2 could not run.
`;

/** What a stage's help says about the options that were not listed before. */
function optionsOf(help: string): string {
  const blocks = help
    .split(/^(?= {2}--)/m)
    .slice(1)
    .map(optionIn);
  const fresh = blocks.filter((block) => optionsIn(block).every((name) => !told.has(name)));
  for (const name of fresh.flatMap(optionsIn)) told.add(name);
  return fresh.join('');
}

/** The option's own line and those that are indented below it. */
function optionIn(block: string): string {
  const [first = '', ...rest] = block.split('\n');
  const end = rest.findIndex((line) => !line.startsWith('      '));
  return [first, ...rest.slice(0, end === -1 ? rest.length : end), ''].join('\n');
}

function optionsIn(text: string): string[] {
  return [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name ?? '');
}
