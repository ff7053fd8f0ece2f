import { handoverNote } from '@omnia-buildstream/core/history/handoverNote';
import { handoverOf } from '@omnia-buildstream/core/history/handover';
import { historyTexts as texts } from '@omnia-buildstream/core/history/historyTexts';
import type { NodeInRun, RunHistory } from '@omnia-buildstream/core/history/runHistory';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { blocks, md, sayMarkdown, table } from '@omnia-buildstream/core/text/markdown';
import { renderMessage } from '@omnia-buildstream/core/text/message';
import { wordsOf, type Phrase } from '@omnia-buildstream/core/text/phrase';
import { formatTable } from '../table.ts';

export type HistoryFormat = 'text' | 'md' | 'json';

/** The runs as a list. */
export function runsOutput(runs: readonly RunHistory[], format: HistoryFormat): string {
  if (format === 'json') return json({ runs: runs.map((run) => ({ ...summaryOf(run), name: nameOf(run) })) });
  if (runs.length === 0) return 'Nothing has been run from here.\n';
  const head = [texts.run, texts.began, texts.user, texts.stage, texts.image, texts.result];
  const rows = runs.map((run) => {
    const { begun, end } = run;
    return [nameOf(run), begun.at, userOf(run), begun.stage, begun.imageGroup, end?.summary ?? 'not ended'];
  });
  return format === 'md' ? `${String(table(head, rows))}\n` : `${formatTable(upper(head), rows)}\n`;
}

/** One run for whoever takes over. */
export function runOutput(run: RunHistory, format: HistoryFormat): string {
  if (format === 'json') return json({ ...summaryOf(run), name: nameOf(run), nodes: run.nodes, notes: run.notes });
  if (format === 'md') return `${String(handoverNote(run))}\n`;
  const { title, about, done, notes, failed, left, next } = handoverOf(run);
  const lines = (phrases: readonly Phrase[]): string[] => phrases.map((one) => `  ${plainLine(wordsOf(one))}`);
  const rows = failed.map(({ hostname, bmcIp, resets, result }) => {
    return [hostname, bmcIp, resets.at(-1)?.at ?? '', `${result?.message ?? ''} ${result?.advice ?? ''}`];
  });
  const failures =
    rows.length === 0 ? [] : ['', formatTable(['NODE', 'BMC_IP', 'LAST RESET', 'WHY AND WHAT TO DO'], rows)];
  return [
    plainLine(wordsOf(title)),
    ...lines(about),
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

/** The runs that knew one node, with what became of it. */
export function nodeOutput(name: string, runs: readonly RunHistory[], format: HistoryFormat): string {
  const found = runs.flatMap((run) => {
    const node = run.nodes.find(
      ({ bmcIp, hostname }) => bmcIp === name || hostname.toLowerCase() === name.toLowerCase(),
    );
    return node === undefined ? [] : [{ run, node }];
  });
  if (format === 'json') {
    return json({ node: name, runs: found.map(({ run, node }) => ({ ...summaryOf(run), name: nameOf(run), node })) });
  }
  const head = [texts.run, texts.user, texts.image, texts.why, texts.reset, texts.result];
  const rows = found.map(({ run, node }) => {
    const last = node.resets.at(-1);
    const reset = last === undefined ? '' : `${last.at} ${last.kind}`;
    return [nameOf(run), userOf(run), run.begun.imageGroup, node.why, reset, resultOf(node)];
  });
  if (format === 'text') return `${formatTable(upper(head), rows)}\n`;
  const title = sayMarkdown(renderMessage, texts.ofNode, { node: name });
  return `${String(blocks([md`# ${title}`, table(head, rows)]))}\n`;
}

function resultOf({ action, result }: NodeInRun): string {
  if (action === 'leave') return 'left alone';
  return result === undefined ? 'not tried, or not known' : `${result.status}: ${result.message}`;
}

function nameOf({ file }: RunHistory): string {
  return file.replace(/\.ndjson$/, '');
}

function userOf({ begun: { by } }: RunHistory): string {
  return by.host === '' ? by.user : `${by.user}@${by.host}`;
}

function summaryOf({ begun, end }: RunHistory): object {
  const { at, run, stage, backend, imageGroup, jobId, by, mapping, plan, answers } = begun;
  return {
    at,
    run,
    stage,
    backend,
    imageGroup,
    jobId,
    by,
    mapping,
    plan,
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
