import type { Paragraph } from '@omnia-buildstream/core/text/notice';
import { sentencesOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { branchOf } from '@omnia-buildstream/gitlab/omnia/project';
import { remarksOn } from '@omnia-buildstream/gitlab/omnia/remarks';
import type { Touches } from '@omnia-buildstream/gitlab/omnia/touches';
import type { PipelineNode } from '@omnia-buildstream/gitlab/tree/nodes';
import { say } from '../../platform/say.ts';
import { omniaProject } from '../project/omniaProject.ts';
import type { OpenProject } from '../project/projectSession.ts';

export function phraseLines(phrases: readonly Phrase[]): Paragraph[] {
  return phrases.length === 0 ? [] : [phrases.map((one) => sentencesOf([one], say))];
}

/** What to know before answering, apart from the plan and warnings. @throws GitLabError */
export async function remarkLines(
  open: OpenProject,
  root: PipelineNode | undefined,
  touches: Touches,
): Promise<Paragraph[]> {
  return phraseLines(await remarksOn(omniaProject(open), { root, touches, ref: branchOf(open) }));
}
