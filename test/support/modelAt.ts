import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import type { Position } from '@omnia-buildstream/core/text/position';
import { mappingRules } from '@omnia-buildstream/core/rules/registry';
import { renderMessage, type Say } from '@omnia-buildstream/core/text/message';
import { MappingModel } from '@omnia-buildstream/core/validation/model';
import type { ValidationSettings } from '@omnia-buildstream/core/validation/settings';
import { positionAt } from './csvText.ts';

export const say: Say = (template, params) => renderMessage(template, params);

/** A validated text; `|` marks the cursor and is removed. */
export function modelAt(
  marked: string,
  settings: Partial<ValidationSettings> = {},
): { readonly model: MappingModel; readonly position: Position; readonly text: string } {
  const at = Math.max(0, marked.indexOf('|'));
  const text = marked.replace('|', '');
  const defaults = { version: '2.2', context: {}, overrides: new Map(), encoding: { kind: 'unchecked' } } as const;
  const model = new MappingModel(new CsvDocument(text), mappingRules, { ...defaults, ...settings });
  return { model, position: positionAt(text, at), text };
}
