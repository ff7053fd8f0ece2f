import type { MappingStatus, SkippedRule } from '@omnia-buildstream/server/protocol';
import * as vscode from 'vscode';

/** What was left out when a mapping file was checked. */
export interface Limits {
  readonly text: string;
  readonly detail: string;
  /** Whether there are more problems than an editor can show. */
  readonly isCapped: boolean;
  readonly hasSkipped: boolean;
}

/** Undefined if nothing was left out. */
export function describeLimits({ published, total, skipped }: MappingStatus): Limits | undefined {
  const isCapped = published < total;
  const hasSkipped = skipped.length > 0;
  if (!isCapped && !hasSkipped) return undefined;
  const capped = vscode.l10n.t('{0} of {1} problems shown', published.toLocaleString(), total.toLocaleString());
  const count =
    skipped.length === 1 ? vscode.l10n.t('1 check skipped') : vscode.l10n.t('{0} checks skipped', skipped.length);
  if (isCapped) return { text: capped, detail: hasSkipped ? count : '', isCapped, hasSkipped };
  const [source = '', ...others] = new Set(skipped.map(nameOf));
  const wanted =
    others.length === 0
      ? vscode.l10n.t('missing {0}', source)
      : vscode.l10n.t('missing {0} and {1} more', source, others.length);
  return { text: count, detail: wanted, isCapped, hasSkipped };
}

/** The file or setting that would make a skipped check possible. */
export function sourceOf({ needs }: SkippedRule): string {
  switch (needs) {
    case 'network':
      return 'network_spec.yml';
    case 'software':
      return 'software_config.json';
    case 'dnsEnabled':
      return 'provision_config.yml';
    case 'catalog':
      return 'catalog_rhel.json';
    case 'share':
      return shareSetting;
  }
}

function nameOf(rule: SkippedRule): string {
  return rule.needs === 'share' ? vscode.l10n.t('a setting') : sourceOf(rule);
}

export const shareSetting = 'buildstream.context.omniaShare';
