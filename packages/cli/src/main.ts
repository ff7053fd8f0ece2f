import { nodeIo } from './nodeIo.ts';
import { run } from './buildstream.ts';

/** Resolves when the command has ended. */
export const finished: Promise<void> = run(process.argv.slice(2), nodeIo(process, { stdout: 1, stderr: 2 })).then(
  (code) => {
    process.exitCode = code;
  },
);
