import { contextCodes } from '../context/contextCodes.ts';
import { failedNodesRules } from '../failedNodes/check.ts';
import { everywhere, type Levels } from '../mapping/versions.ts';
import { mappingRules } from './registry.ts';

/** The file that a finding lies in: the mapping file, the list of failed nodes, or an input file beside them. */
export type FindingFile = 'mapping' | 'failed-nodes' | 'beside';

/** What is known about a code of findings without looking at any file. */
export interface CatalogEntry {
  /** Stable, kebab-case; docs/rules/<code>.md explains it, and a user may give it another level by this name. */
  readonly code: string;
  readonly file: FindingFile;
  /** The level of its most serious finding in each version. */
  readonly levels: Levels;
  readonly hasFix: boolean;
  /** Titles of fixes included; empty for files beside, whose texts stand with their readers. */
  readonly messages: readonly string[];
}

/** Every code of every finding, in the order in which they are shown: the one list of pages, settings and reports. */
export const catalog: readonly CatalogEntry[] = [
  ...mappingRules.map((rule) => ({
    code: rule.code,
    file: 'mapping' as const,
    levels: rule.levels,
    hasFix: 'fixes' in rule || 'suggestions' in rule,
    messages: Object.values(rule.messages),
  })),
  ...failedNodesRules.map((rule) => ({
    code: rule.code,
    file: 'failed-nodes' as const,
    levels: everywhere(rule.level),
    hasFix: 'fixes' in rule,
    messages: Object.values(rule.messages),
  })),
  ...Object.entries(contextCodes).map(([code, levels]) => ({
    code,
    file: 'beside' as const,
    levels,
    hasFix: false,
    messages: [],
  })),
];
