import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { fixedText } from '@omnia-buildstream/core/validation/fixAll';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import type { Io } from '../io.ts';
import type { Notes } from './notes.ts';
import { replaceFile } from './replaceFile.ts';
import type { SourceText } from './decode.ts';
import type { Source } from './source.ts';

/**
 * Repairs a file in place, or prints the repaired standard input, and notes what was repaired. Returns what is left.
 * @throws UserError when the file cannot be written
 */
export async function repair(
  source: Source,
  settings: ValidationSettings,
  { io, notes }: { readonly io: Io; readonly notes: Notes },
): Promise<MappingModel> {
  const { text, model, fixed } = fixSource(source.content, settings);
  if (source.content.encoding.kind === 'not-utf8') {
    notes.add(`${source.path}: not UTF-8, so nothing was repaired. Save it as UTF-8 first.`);
  }
  if (source.path === '-') await io.stdout.write({ as: 'file', text });
  else if (text !== source.content.text && source.target !== undefined) {
    await replaceFile(source.path, source.target, text, io.fs);
  }
  for (const [code, count] of fixed) notes.add(`${source.path}: repaired ${String(count)} ${code}`);
  return model;
}

interface FixedSource {
  readonly text: string;
  /** What is left. */
  readonly model: MappingModel;
  /** Number of findings that went away, by rule. */
  readonly fixed: ReadonlyMap<string, number>;
}

/** Applies every safe fix. A text that is not UTF-8 is left alone: writing it would lose bytes. */
export function fixSource({ text, encoding }: SourceText, settings: ValidationSettings): FixedSource {
  const model = new MappingModel(new CsvDocument(text), mappingRules, settings);
  if (encoding.kind === 'not-utf8') return { text, model, fixed: new Map() };
  const before = countByCode(model);
  const { text: result, remaining } = fixedText(text, settings, mappingRules);
  const after = countByCode(remaining);
  const fixed = [...before].map(([code, count]): [string, number] => [code, count - (after.get(code) ?? 0)]);
  return { text: result, model: remaining, fixed: new Map(fixed.filter(([, count]) => count > 0)) };
}

function countByCode(model: MappingModel): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of model.findings()) counts.set(rule.code, (counts.get(rule.code) ?? 0) + 1);
  return counts;
}
