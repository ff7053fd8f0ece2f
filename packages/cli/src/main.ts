import { nodeIo } from './nodeIo.ts';
import { run } from './buildstream.ts';

void run(process.argv.slice(2), nodeIo(process)).then((code) => {
  process.exitCode = code;
});
