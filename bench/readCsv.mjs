/** Reads a file with csv-parse and does nothing with it: what `npm run bench` compares the checks with. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

parse(readFileSync(process.argv[2] ?? ''));
