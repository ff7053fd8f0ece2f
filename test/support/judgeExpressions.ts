import { readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from 'recheck';
import { regularExpressionsIn, type FoundExpression } from './regularExpressions.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Expressions that recheck has found to be linear, as `/source/flags`. `npm run check:slow` checks them all again. */
export const judgedFile = path.join(import.meta.dirname, 'linearExpressions.json');

/** All code that runs on a user's machine. */
const sources = ['client/src/**/*.ts', 'server/src/**/*.ts', 'packages/*/src/**/*.ts', 'scripts/*.mjs', 'esbuild.mjs'];

/** Examples of the expressions that are assembled at run time. */
const examples: readonly FoundExpression[] = [
  { place: 'packages/lab/src/gitlab/api/routes.ts', source: '^/projects/([^/]+)/a/(\\d+)/b/([^/]+)$', flags: '' },
];

export function expressionsOfSources(): readonly FoundExpression[] {
  const { known, unknown } = regularExpressionsIn(root, sources);
  const others = unknown.filter(({ place }) => !examples.some((example) => place.startsWith(`${example.place}:`)));
  if (others.length > 0) {
    throw new Error(
      `Nobody can judge what is put together at run time: ${others.map(({ place }) => place).join(', ')}`,
    );
  }
  return [...known, ...examples];
}

export function nameOf({ source, flags }: FoundExpression): string {
  return `/${source}/${flags}`;
}

export function judgedExpressions(): ReadonlySet<string> {
  return new Set(JSON.parse(readFileSync(judgedFile, 'utf8')) as readonly string[]);
}

const judgeLimitMs = 60_000;

/** One sentence about each expression that is not linear. Each text is checked once. */
export async function faultsOf(expressions: readonly FoundExpression[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, { place, source, flags }] of new Map(expressions.map((one) => [nameOf(one), one]))) {
    const verdict = await check(source, flags, { timeout: judgeLimitMs });
    if (verdict.status === 'safe') continue;
    const why = verdict.status === 'vulnerable' ? verdict.complexity.summary : verdict.error.kind;
    faults.push(`${place}: ${name} is not linear: ${why}`);
  }
  return faults;
}
