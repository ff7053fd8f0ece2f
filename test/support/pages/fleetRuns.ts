import { historyLine, type HistoryRecord, type RunBegun } from '@omnia-buildstream/core/history/historyRecord';

const start = Date.parse('2026-04-10T14:00:00.000Z');
const fleetSize = 60;

/** Histories of a deploy, of a restart of 60 nodes of which three fail, and of a retry: file names and their texts. */
export function fleetRuns(): readonly (readonly [name: string, text: string])[] {
  const all = Array.from({ length: fleetSize }, (_, n) => n);
  const failing = [4, 11, 18];
  return [
    ['20260410T140000Z-deploy-aaa.ndjson', textOf(0, 'deploy', all, () => [['success', 40]])],
    ['20260410T141000Z-restart-bbb.ndjson', textOf(600, 'restart', all, (n) => stepsOf(n, failing.includes(n)))],
    ['20260410T150000Z-restart-ccc.ndjson', textOf(3_600, 'restart', failing, (n) => stepsOf(n, n === 18))],
  ];
}

type Step = readonly [step: string, at: number];

/** The steps of a node; the last one is its outcome. */
function stepsOf(n: number, fails: boolean): readonly Step[] {
  const begin = Math.floor(n / 8) * 45 + (n % 8) * 3;
  const early: Step[] = [
    ['reach', begin],
    ['login', begin + 2],
    ['ready', begin + 5],
    ['override', begin + 20 + (n % 5) * 4],
    ['reset', begin + 30 + (n % 5) * 4],
    ['power', begin + 36 + (n % 5) * 4],
    ['report', begin + 60 + (n % 5) * 4],
  ];
  return fails ? [...early, ['failed', begin + 700]] : [...early, ['success', begin + 240 + (n % 7) * 31]];
}

function textOf(begin: number, stage: string, nodes: readonly number[], of: (n: number) => readonly Step[]): string {
  const at = (seconds: number): string => new Date(start + (begin + seconds) * 1_000).toISOString();
  const names = (n: number) => ({ bmcIp: `172.17.107.${String(n + 1)}`, hostname: `slurm-node${String(n)}` });
  const told = nodes.flatMap((n) =>
    of(n).map(([step, seconds]): HistoryRecord => {
      if (step !== 'success' && step !== 'failed') {
        return { type: 'step', at: at(seconds), bmcIp: names(n).bmcIp, step };
      }
      const message = step === 'failed' ? 'No report within 10 minutes' : 'OK';
      return { type: 'node', at: at(seconds), ...names(n), status: step, message, advice: '' };
    }),
  );
  const last = Math.max(...nodes.flatMap((n) => of(n).map(([, seconds]) => seconds)));
  const hasFailed = nodes.some((n) => of(n).some(([step]) => step === 'failed'));
  const begun: RunBegun = {
    type: 'run',
    at: at(0),
    run: stage,
    stage,
    backend: 'direct',
    imageGroup: 'rhel_10_r2',
    jobId: '',
    server: '',
    subject: '',
    shown: [],
    by: {
      user: stage === 'deploy' ? 'ada' : 'grace',
      host: 'oim',
      program: 'command line',
      version: '0.1.0',
      gitlabUser: '',
    },
    mapping: undefined,
    plan: 'ab'.repeat(32),
    answers: [],
    nodes: nodes.map((n) => ({ ...names(n), action: 'run', why: 'not booted yet' })),
  };
  const records: readonly HistoryRecord[] = [
    begun,
    ...told,
    { type: 'end', at: at(last + 2), outcome: hasFailed ? 'failed' : 'succeeded', stopped: '', summary: '' },
  ];
  return records.map((record) => historyLine(record, (text) => text)).join('');
}
