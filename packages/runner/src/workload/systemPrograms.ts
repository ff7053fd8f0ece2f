import { runProgram } from '@omnia-buildstream/engine/processes/runProgram';
import type { WorkloadPrograms } from './workload.ts';

/** The programs of this machine. */
export const systemPrograms: WorkloadPrograms = { ssh: runProgram('ssh'), kubectl: runProgram('kubectl') };
