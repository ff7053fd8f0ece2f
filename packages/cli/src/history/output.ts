import { endPhrases } from '@omnia-buildstream/core/history/endPhrases';
import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import { handoverOf } from '@omnia-buildstream/core/history/handover';
import { historyTexts as texts, nodeEndTexts } from '@omnia-buildstream/core/history/historyTexts';
import { isNode, type NodeInRun, type RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { blocks, md, sayMarkdown, table } from '@omnia-buildstream/core/text/markdown';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { phrase, sentencesOf, wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import type { RunFile, UnreadableRun } from '@omnia-buildstream/runner/history/readRuns';
import { causeOf } from '../cannotRun.ts';
import { formatTable } from '../table.ts';

export type HistoryFormat = 'text' | 'md' | 'json';

/** The runs as a list; those that cannot be read are listed by name. */
export function runsOutput(files: readonly RunFile[], format: HistoryFormat): string {
  if (format === 'json') {
    const runs = files.flatMap((one) =>
      one.kind === 'read' ? [{ ...summaryOf(one.run), name: nameOf(one.run) }] : [],
    );
    return json({ runs, unreadable: unreadableIn(files) });
  }
  if (files.length === 0) return 'Nothing has been run from here.\n';
  const head = [texts.run, texts.began, texts.user, texts.stage, texts.image, texts.result];
  const rows = files.map((one) => {
    if (one.kind === 'unreadable') return [nameOf(one), '', '', '', '', whyUnreadable(one)];
    const { run } = one;
    const { at, stage, imageGroup } = run.begun;
    return [nameOf(run), at, userOf(run), stage, imageGroup, sentencesOf(endPhrases(run))];
  });
  return format === 'md' ? `${String(table(head, rows))}\n` : `${formatTable(upper(head), rows)}\n`;
}

/** One run, for the person who takes over. */
export function runOutput(run: RunHistory, format: HistoryFormat): string {
  if (format === 'json') return json({ ...summaryOf(run), name: nameOf(run), nodes: run.nodes, notes: run.notes });
  if (format === 'md') return `${String(handoverNote(run))}\n`;
  const { title, about, shown, done, notes, failed, left, next } = handoverOf(run);
  const lines = (phrases: readonly Phrase[]): string[] => phrases.map((one) => `  ${plainLine(wordsOf(one))}`);
  const rows = failed.map(({ hostname, bmcIp, resets, result }) => {
    return [hostname, bmcIp, resets.at(-1)?.at ?? '', `${result?.message ?? ''} ${result?.advice ?? ''}`];
  });
  const failures =
    rows.length === 0 ? [] : ['', formatTable(['NODE', 'BMC_IP', 'LAST RESET', 'WHY AND WHAT TO DO'], rows)];
  return [
    plainLine(wordsOf(title)),
    ...lines(about),
    ...(shown.length === 0 ? [] : ['', `${texts.shown}:`, ...shown.map((line) => `  ${plainLine(line)}`)]),
    '',
    `${texts.done}:`,
    ...lines(done),
    ...notes.map((note) => `  ${plainLine(note)}`),
    ...failures,
    '',
    `${texts.left}:`,
    ...lines(left),
    '',
    `${texts.next}:`,
    ...lines([next]),
    '',
  ].join('\n');
}

/** The runs that knew one node, with what became of it; those that cannot be read may have known it. */
export function nodeOutput(name: string, files: readonly RunFile[], format: HistoryFormat): string {
  const found = files.flatMap((one) => {
    if (one.kind === 'unreadable') return [];
    const node = one.run.nodes.find((node) => isNode(node, name));
    return node === undefined ? [] : [{ run: one.run, node }];
  });
  if (format === 'json') {
    const runs = found.map(({ run, node }) => ({ ...summaryOf(run), name: nameOf(run), node }));
    return json({ node: name, runs, unreadable: unreadableIn(files) });
  }
  const head = [texts.run, texts.user, texts.image, texts.why, texts.reset, texts.result];
  const unreadable = files.filter((one) => one.kind === 'unreadable');
  const rows = [
    ...found.map(({ run, node }) => {
      const last = node.resets.at(-1);
      const reset = last === undefined ? '' : `${last.at} ${last.kind}`;
      return [nameOf(run), userOf(run), run.begun.imageGroup, node.why, reset, resultOf(node)];
    }),
    ...unreadable.map((one) => [nameOf(one), '', '', '', '', whyUnreadable(one)]),
  ];
  if (format === 'text') return `${formatTable(upper(head), rows)}\n`;
  const title = sayMarkdown(renderMessage, texts.ofNode, { node: name });
  return `${String(blocks([md`# ${title}`, table(head, rows)]))}\n`;
}

export function whyUnreadable({ cause }: UnreadableRun): string {
  return wordsOf(phrase(texts.unreadable, { why: cause === undefined ? phrase(texts.noBeginning) : causeOf(cause) }));
}

export function nameOf({ file }: Pick<RunHistory, 'file'>): string {
  return file.replace(/\.ndjson$/, '');
}

function unreadableIn(files: readonly RunFile[]): readonly object[] {
  return files.flatMap((one) => (one.kind === 'unreadable' ? [{ name: nameOf(one), why: whyUnreadable(one) }] : []));
}

function resultOf({ action, result }: NodeInRun): string {
  if (action === 'leave') return texts.leftAloneNode;
  return result === undefined ? texts.untoldNode : `${nodeEndTexts[result.status]}: ${result.message}`;
}

function userOf({ begun: { by } }: RunHistory): string {
  const user = by.user === '' ? texts.unknown : by.user;
  return by.host === '' ? user : `${user}@${by.host}`;
}

function summaryOf({ begun, end }: RunHistory): object {
  const { at, run, stage, backend, imageGroup, jobId, by, server, subject, mapping, plan, shown, answers } = begun;
  return {
    at,
    run,
    stage,
    backend,
    imageGroup,
    jobId,
    by,
    server,
    subject,
    mapping,
    plan,
    shown,
    answers,
    ended: end?.at ?? null,
    outcome: end?.outcome ?? null,
    stopped: end?.stopped ?? null,
    summary: end?.summary ?? null,
  };
}

function upper(head: readonly string[]): string[] {
  return head.map((word) => word.toUpperCase());
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
