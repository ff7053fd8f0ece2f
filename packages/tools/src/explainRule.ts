import { omniaVersions } from '@omnia-buildstream/core/mapping/versions';
import { catalog, type CatalogEntry } from '@omnia-buildstream/core/rules/catalog';
import { nearest } from '@omnia-buildstream/core/text/nearest';
import { answer, refusal, type ToolAnswer } from './answer.ts';

const files: Readonly<Record<CatalogEntry['file'], string>> = {
  mapping: 'the mapping file',
  'failed-nodes': 'failed_nodes.json',
  beside: 'an input file beside the mapping file',
};

/** Explains a rule without looking at any file; all of the text is ours. */
export function explainRule(code: string): ToolAnswer {
  const entry = catalog.find((one) => one.code === code);
  if (entry === undefined) {
    const near = nearest(
      code,
      catalog.map((one) => one.code),
      3,
    );
    return refusal(`There is no such rule.${near.length === 0 ? '' : ` Similar ones: ${near.join(', ')}.`}`);
  }
  const { file, levels, hasFix, messages } = entry;
  const severities = omniaVersions.map((version) => `${version}: ${levels[version]}`);
  const lines = [
    `${entry.code} is a rule for ${files[file]}.`,
    `Severity by Omnia version: ${severities.join(', ')}.`,
    hasFix ? 'There are repairs for it.' : 'There is no automatic repair.',
    ...(messages.length === 0
      ? []
      : ['What it says, and the titles of its repairs:', ...messages.map((one) => `- ${one}`)]),
    `Its page: docs/rules/${entry.code}.md`,
  ];
  return answer({ own: lines.join('\n') });
}
