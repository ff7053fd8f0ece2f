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
 * The newest test results of a project, by node. They are read from the report, so that every window shows the same
 * results, regardless of which one ran the tests. They are an attribute of a node and do not affect its state.
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

/** The newest attempt that has a report. An attempt in progress has none yet. */
async function newestAttempt(attempts: vscode.Uri): Promise<Attempt | undefined> {
  const names = (await entriesOf(attempts)).flatMap((entry) => /^attempt_(\d+)$/.exec(entry)?.[1] ?? []).map(Number);
  for (const attempt of names.sort((one, other) => other - one)) {
    const { text } = await readFileText(vscode.Uri.joinPath(attempts, `attempt_${String(attempt)}`, name));
    if (text !== null) return { attempt, tests: readTestReport(jsonObjectIn(text))?.tests ?? [] };
  }
  return undefined;
}

/** Empty if the folder does not exist. */
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
