import { groupIdentity, type Architecture } from '../mapping/functionalGroups.ts';
import type { MappingRow } from '../mapping/row.ts';
import { everywhere, traitsOf } from '../mapping/versions.ts';
import type { Bucket } from './bucket.ts';
import { related } from './helpers.ts';
import type { Grouping, Rule, Scope } from './rule.ts';

const messages = {
  first:
    'The first compiler node is {compiler}, the first Slurm worker {worker}. Omnia requires one architecture for both.',
  none: 'There are compiler nodes for {compiler} but no Slurm worker of that architecture.',
  worker: 'This is the first Slurm worker.',
} as const;

/** Slurm workers and compiler nodes, by kind and architecture. */
export const byArchitecture: Grouping = {
  judgesSingles: false,
  place(row, { add }, scope) {
    const node = slurmNode(row, scope);
    if (node !== undefined) add('slurm', `${node.kind} ${node.architecture}`);
  },
};

/** Rule 25 of omnia.md section 1.3 compares the first rows only; 2.3 compares the sets (section 1.6). */
export const archMismatch: Rule = {
  code: 'arch-mismatch',
  levels: everywhere('error'),
  messages,
  grouping: byArchitecture,
  checkBucket(bucket, scope) {
    if (traitsOf(scope.version).catalogRoles) {
      reportLonelyCompilers(bucket, scope, messages.none, messages.worker);
      return;
    }
    const worker = first(bucket, 'worker');
    const compiler = first(bucket, 'compiler');
    if (worker === undefined || compiler === undefined || worker.architecture === compiler.architecture) return;
    const params = { compiler: compiler.architecture, worker: worker.architecture };
    scope.report(scope.at(compiler.row, 'FUNCTIONAL_GROUP_NAME'), messages.first, params, [
      related(scope, worker.row, 'FUNCTIONAL_GROUP_NAME', messages.worker),
    ]);
  },
};

/** Reports the first compiler node of each architecture that no Slurm worker has. */
export function reportLonelyCompilers(bucket: Bucket, scope: Scope, message: string, workerMessage: string): void {
  const worker = first(bucket, 'worker');
  if (worker === undefined) return;
  for (const architecture of ['x86_64', 'aarch64'] as const) {
    const compiler = bucket.first(`compiler ${architecture}`);
    if (compiler === undefined || bucket.first(`worker ${architecture}`) !== undefined) continue;
    const place = scope.at(compiler, 'FUNCTIONAL_GROUP_NAME');
    scope.report(place, message, { compiler: architecture, worker: worker.architecture }, [
      related(scope, worker.row, 'FUNCTIONAL_GROUP_NAME', workerMessage),
    ]);
  }
}

type Kind = 'worker' | 'compiler';

/** Whether a row is a Slurm worker or a compiler node, as the validators tell. */
function slurmNode(row: MappingRow, scope: Scope): { kind: Kind; architecture: Architecture } | undefined {
  const name = row.text.FUNCTIONAL_GROUP_NAME;
  const identity = groupIdentity(name);
  const { catalogRoles } = traitsOf(scope.version);
  if (identity === undefined || (!catalogRoles && row.text.HOSTNAME === '')) return undefined;
  const { architecture } = identity;
  if (!catalogRoles) {
    const stem = name.slice(0, -(architecture.length + 1));
    if (stem === 'slurm_node') return { kind: 'worker', architecture };
    return stem === 'login_compiler_node' ? { kind: 'compiler', architecture } : undefined;
  }
  if (name.startsWith('slurm_node_')) return { kind: 'worker', architecture };
  return name.startsWith('login_compiler_node_') ? { kind: 'compiler', architecture } : undefined;
}

function first(bucket: Bucket, kind: Kind): { row: MappingRow; architecture: Architecture } | undefined {
  const x86 = bucket.first(`${kind} x86_64`);
  const arm = bucket.first(`${kind} aarch64`);
  if (x86 === undefined) return arm === undefined ? undefined : { row: arm, architecture: 'aarch64' };
  if (arm === undefined || x86.record.order < arm.record.order) return { row: x86, architecture: 'x86_64' };
  return { row: arm, architecture: 'aarch64' };
}
