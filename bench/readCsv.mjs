/** Reads a file with csv-parse and discards the result: the baseline for the checks in `npm run bench`. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

parse(readFileSync(process.argv[2] ?? ''));
