import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { changedLines } from '@omnia-buildstream/core/hardware/lineDiff';
import { identityOf } from '@omnia-buildstream/runner/preparedStage';
import { answer, refusal } from '@omnia-buildstream/tools/answer';
import type { Prepared } from '@omnia-buildstream/tools/writing/plannedWrite';
import type { Io } from '../io.ts';
import { ContextLoader } from '../validate/context.ts';
import { fixSource } from '../validate/fix.ts';
import { parseOptions } from '../validate/options.ts';
import { replaceFile } from '../validate/replaceFile.ts';
import { settingsOf } from '../validate/settingsOf.ts';
import { readSource, type Source } from '../validate/source.ts';

const action = 'Repair the mapping file';
const from = ['the mapping file'] as const;

/** A file and its repair, as `validate --fix --context auto` makes it. */
interface Repair {
  readonly source: Source;
  readonly text: string;
  readonly fixed: ReadonlyMap<string, number>;
  readonly digest: string;
}

/** What a repair of a mapping file would write. @throws UserError */
export async function prepareFix(file: string, io: Io): Promise<Prepared> {
  const { source, text, fixed, digest } = await repairOf(file, io);
  const { content } = source;
  if (content.encoding.kind === 'not-utf8') return { ended: refusal('The file is not UTF-8, so nothing is repaired.') };
  if (text === content.text)
    return { ended: answer({ own: 'Nothing can be repaired without a decision of a person.' }) };
  const counts = [...fixed].map(([code, count]) => `${code}: ${String(count)}`).join(', ');
  const plan = `${file}\nRepairs: ${counts}\n${changesText(content.text, text)}`;
  return { planned: { action, nodes: [], text: plan, from, digest, run: () => write(file, digest, io) } };
}

async function write(file: string, digest: string, io: Io) {
  const now = await repairOf(file, io);
  if (now.digest !== digest || now.source.target === undefined) {
    return refusal(
      'Nothing was changed: the repair is not the one that was shown. Call the tool without a plan first.',
    );
  }
  await replaceFile(file, now.source.target, now.text, io.fs);
  return answer({ own: 'The mapping file was repaired.' });
}

async function repairOf(file: string, io: Io): Promise<Repair> {
  const { context, judged } = parseOptions([file, '--fix', '--context=auto']);
  const source = await readSource(file, io, true);
  const { content } = source;
  const contexts = new ContextLoader(context, io);
  const { settings } = await settingsOf(source, new CsvDocument(content.text), { judged, contexts, io });
  const { text, fixed } = fixSource(content, settings);
  return { source, text, fixed, digest: identityOf(['fix', file, content.bytes, text]) };
}

function changesText(before: string, after: string): string {
  const lines = changedLines(before, after).map(({ line, before: old, after: now }) => {
    return `${String(line)}:\n${old === undefined ? '' : `- ${old}\n`}+ ${now}`;
  });
  return lines.join('\n');
}
