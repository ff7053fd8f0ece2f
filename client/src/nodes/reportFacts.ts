import { jsonObjectIn } from '@omnia-buildstream/core/text/jsonFields';
import { readTestReport } from '@omnia-buildstream/core/testReport/read';
import type { TestCase } from '@omnia-buildstream/core/testReport/types';
import * as vscode from 'vscode';
import { readFileText } from '../language/readFileText.ts';
import { validationText } from '../stages/testing/validationText.ts';
import type { LiveNodes } from './liveNodes.ts';
import type { NodesSource } from './nodesSource.ts';
import type { FactFiles } from './projectFacts.ts';

const folder = '.buildstream/validate';
const name = 'test_report.json';

/** The tests of one attempt of the validate stage. */
interface Attempt {
  readonly attempt: number;
  readonly tests: readonly TestCase[];
}

/**
 * What the newest tests of a project came to, on each of its nodes: read from the report, so that every window shows the
 * same, whichever of them ran the tests. It is an attribute of a node and says nothing of its state.
 */
export function reportFacts(source: Pick<NodesSource, 'list'>, live: Pick<LiveNodes, 'tell'>): FactFiles {
  return {
    pattern: `${folder}/attempt_*/${name}`,
    async read(project) {
      const newest = await newestAttempt(vscode.Uri.joinPath(project, folder));
      return () => {
        if (newest !== undefined) show(newest, source, live);
      };
    },
  };
}

/** One that has a report: of an attempt in progress there is none yet. */
async function newestAttempt(attempts: vscode.Uri): Promise<Attempt | undefined> {
  const names = (await entriesOf(attempts)).flatMap((entry) => /^attempt_(\d+)$/.exec(entry)?.[1] ?? []).map(Number);
  for (const attempt of names.sort((one, other) => other - one)) {
    const { text } = await readFileText(vscode.Uri.joinPath(attempts, `attempt_${String(attempt)}`, name));
    if (text !== null) return { attempt, tests: readTestReport(jsonObjectIn(text))?.tests ?? [] };
  }
  return undefined;
}

/** None of a folder that is not there. */
async function entriesOf(uri: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(uri)).map(([entry]) => entry);
  } catch {
    return [];
  }
}

function show({ attempt, tests }: Attempt, { list }: Pick<NodesSource, 'list'>, live: Pick<LiveNodes, 'tell'>): void {
  const byHost = new Map<string, TestCase[]>();
  for (const test of tests) {
    const host = test.hostname.toLowerCase();
    byHost.set(host, [...(byHost.get(host) ?? []), test]);
  }
  for (const { hostname, bmcIp } of list?.nodes ?? []) {
    const own = byHost.get(hostname.toLowerCase());
    if (own !== undefined && bmcIp !== '') {
      live.tell(bmcIp, { source: 'validation', attempt, text: validationText(own) });
    }
  }
}
