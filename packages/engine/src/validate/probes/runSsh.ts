import { runProgram } from '../../processes/runProgram.ts';
import type { SshRunner } from './ssh.ts';

/** The system's `ssh`. */
export const runSsh: SshRunner = runProgram('ssh');
