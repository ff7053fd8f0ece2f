import { applyEdits } from '../text/applyEdits.ts';
import { readFailedNodesDocument } from './document.ts';
import type { FailedNodesScope, FailedNodesRule, JsonFinding, JsonFix } from './rule.ts';
import { addedEntry } from './rules/addedEntry.ts';
import { badBmcIp } from './rules/badBmcIp.ts';
import { badJobId } from './rules/badJobId.ts';
import { badStatus } from './rules/badStatus.ts';
import { bmcIpNotInMapping } from './rules/bmcIpNotInMapping.ts';
import { conflictingStatus } from './rules/conflictingStatus.ts';
import { conflict } from './rules/conflict.ts';
import { countMismatch } from './rules/countMismatch.ts';
import { deletedEntry } from './rules/deletedEntry.ts';
import { differsFromMapping } from './rules/differsFromMapping.ts';
import { doubledKey } from './rules/doubledKey.ts';
import { encoding } from './rules/encoding.ts';
import { entryWithoutBmcIp } from './rules/entryWithoutBmcIp.ts';
import { entryWithoutStatus } from './rules/entryWithoutStatus.ts';
import { otherJob } from './rules/otherJob.ts';
import { setBack } from './rules/setBack.ts';
import { shape } from './rules/shape.ts';
import { syntax } from './rules/syntax.ts';

/** Every rule of failed_nodes.json. */
export const failedNodesRules: readonly FailedNodesRule[] = [
  encoding,
  conflict,
  syntax,
  doubledKey,
  shape,
  entryWithoutBmcIp,
  entryWithoutStatus,
  badBmcIp,
  badStatus,
  conflictingStatus,
  bmcIpNotInMapping,
  differsFromMapping,
  badJobId,
  otherJob,
  countMismatch,
  deletedEntry,
  setBack,
  addedEntry,
];

/** All findings, in the order of the text. */
export function checkFailedNodes(scope: FailedNodesScope): JsonFinding[] {
  const findings: JsonFinding[] = [];
  for (const rule of failedNodesRules) {
    rule.check(scope, (range, message, params = {}, entry) => {
      findings.push({ rule, message, params, range, ...(entry === undefined ? {} : { entry }) });
    });
  }
  const { conflicts } = scope.document;
  const isQuiet = ({ rule, range: { start } }: JsonFinding): boolean =>
    rule !== conflict && conflicts.some(({ first, last }) => start.line >= first && start.line <= last);
  return (conflicts.length === 0 ? findings : findings.filter((finding) => !isQuiet(finding))).sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character,
  );
}

/** Repairs of a finding, best first; those that change nothing are left out. */
export function fixesFor(finding: JsonFinding, scope: FailedNodesScope): JsonFix[] {
  const fixes = (finding.rule.fixes?.(finding, scope) ?? []).filter(
    ({ edits, reencode }) => edits.length > 0 || reencode === true,
  );
  if (finding.rule.revives !== true) return fixes;
  const { text } = scope.document;
  const errorsAfter = (edits: JsonFix['edits']): number =>
    errorsIn({ ...scope, document: readFailedNodesDocument(applyEdits(text, edits)) });
  const most = errorsAfter([]);
  return fixes.filter(({ edits }) => errorsAfter(edits) <= most);
}

function errorsIn(scope: FailedNodesScope): number {
  return checkFailedNodes(scope).filter(({ rule }) => rule.level === 'error').length;
}
