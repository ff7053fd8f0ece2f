import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import { readJunit } from './readJunit.ts';

/** The cases of a report in JUnit XML or JSON; undefined when it is neither. Their ids begin with `molecule/`. */
export function readMoleculeReport(text: string): readonly TestCase[] | undefined {
  const cases = text.trimStart().startsWith('<') ? readJunit(text) : jsonCases(text);
  return cases?.map((test) => ({ ...test, id: `molecule/${test.id}` }));
}

function jsonCases(text: string): readonly TestCase[] | undefined {
  try {
    return readTestReport(JSON.parse(text.replace(/^\ufeff/, '')))?.tests;
  } catch {
    return undefined;
  }
}
