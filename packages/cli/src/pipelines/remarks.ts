import { sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { remarksOn, retryRemarks } from '@omnia-buildstream/gitlab/omnia/remarks';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import type { ActionContext } from './context.ts';
import { omniaProject } from './project.ts';

/** One sentence per line. */
export function phraseLines(phrases: readonly Phrase[]): string {
  return phrases.map((one) => `${sentencesOf([one])}\n`).join('');
}

/** What there is to know before the answer, besides plan and warnings. @throws GitLabError */
export async function remarkLines(
  context: ActionContext,
  root: PipelineNode | undefined,
  touches: Touches,
): Promise<string> {
  const ref = context.options.ref ?? context.project.defaultBranch ?? 'main';
  return phraseLines(await remarksOn(omniaProject(context), { root, touches, ref }));
}

/** How a child can be retried, what each way loses and uses, and how to choose the other way. @throws GitLabError */
export async function retryLines(
  context: ActionContext,
  tree: PipelineNode,
  {
    childId,
    isNewChild,
    again = `buildstream pipelines retry ${String(tree.pipeline.id)}`,
  }: { readonly childId: number; readonly isNewChild: boolean; readonly again?: string },
): Promise<string> {
  const { facts, remarks } = await retryRemarks(omniaProject(context), tree, childId);
  if (facts === undefined) return '';
  const other = isNewChild ? again : `${again} --new-child`;
  return `${phraseLines(remarks)}The other way: ${other}\n`;
}
